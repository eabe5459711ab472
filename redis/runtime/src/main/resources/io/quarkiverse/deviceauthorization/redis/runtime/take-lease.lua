-- Takes a lease, unless somebody else has it. Returns 1 if it is taken, 0 if not.
-- KEYS: the lease. ARGV: what only its holder knows, for how many milliseconds
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) -- again, if the answer to an earlier attempt was lost
return 1
