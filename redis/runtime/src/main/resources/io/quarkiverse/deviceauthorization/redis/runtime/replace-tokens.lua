-- Stores an owner's tokens, if the version that is stored is the expected one. Returns 1 if they are, 0 if not.
-- KEYS: the tokens, the owners
-- ARGV: the expected version, the name of this write, the owner, the new version, the tokens, for how many milliseconds they
-- are kept, 1 if that begins anew when they are used, the number of this attempt
local stored = redis.call('HMGET', KEYS[1], 'version', 'write')
redis.call('SCARD', KEYS[2]) -- fails before anything is changed, if that is something else
if stored[2] == ARGV[2] then
    return 1 -- an earlier attempt did it, and its answer was lost
end
if (stored[1] or '0') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[4], 'data', ARGV[5], 'write', ARGV[2], 'idle', ARGV[7])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('SADD', KEYS[2], ARGV[3])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[6]) then
    redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
return 1
