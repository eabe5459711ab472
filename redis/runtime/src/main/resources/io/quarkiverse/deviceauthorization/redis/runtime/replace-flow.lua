-- Stores a flow, if the version that is stored is the expected one. Returns 1 if it is, 0 if not.
-- KEYS: the flow, the owner's pending flows, the followed flows
-- ARGV: the expected version, the name of this write, the id, the new version, the flow, for how many milliseconds it is kept,
-- when its codes end or '' if it is not pending, when its next request is due or '' if it is not followed, before when codes
-- of others ended that need not be listed any more
local stored = redis.call('HMGET', KEYS[1], 'version', 'write')
redis.call('ZCARD', KEYS[2]) -- these fail before anything is changed, if they are something else
redis.call('ZCARD', KEYS[3])
if stored[2] == ARGV[2] then
    return 1 -- an earlier attempt did it, and its answer was lost
end
if (stored[1] or '0') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[4], 'data', ARGV[5], 'write', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
local function index(key, score)
    if score == '' then
        redis.call('ZREM', key, ARGV[3])
        return
    end
    redis.call('ZADD', key, score, ARGV[3])
    if redis.call('PTTL', key) < tonumber(ARGV[6]) then
        redis.call('PEXPIRE', key, ARGV[6])
    end
end
index(KEYS[2], ARGV[7])
index(KEYS[3], ARGV[8])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[9])
return 1
