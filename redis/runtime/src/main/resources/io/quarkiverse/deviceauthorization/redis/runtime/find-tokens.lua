-- Reads an owner's tokens; those that are kept for as long as they are used are kept anew.
-- KEYS: the tokens, the owners. ARGV: for how many milliseconds
local stored = redis.call('HMGET', KEYS[1], 'data', 'idle')
if stored[2] == '1' then
    local keep = tonumber(ARGV[1])
    -- Not each time, since replicas and the disk have to follow; and reading works where nothing can be written
    if redis.call('PTTL', KEYS[1]) < keep * 0.99 then
        redis.pcall('PEXPIRE', KEYS[1], ARGV[1])
        if redis.call('PTTL', KEYS[2]) < keep then
            redis.pcall('PEXPIRE', KEYS[2], ARGV[1])
        end
    end
end
return stored[1]
