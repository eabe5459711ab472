-- Writes and reads. KEYS: the probe. ARGV: what to write, for how many milliseconds
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return redis.call('GET', KEYS[1])
