-- Forgets an owner's tokens, if the version that is stored is the expected one. Returns 1 if they are gone, 0 if not.
-- KEYS: the tokens, the owners. ARGV: the expected version, the owner, the number of this attempt
local stored = redis.call('HGET', KEYS[1], 'version')
redis.call('SCARD', KEYS[2]) -- fails before anything is changed, if that is something else
if not stored and ARGV[3] ~= '1' then
    return 1 -- an earlier attempt did it, and its answer was lost
end
if (stored or '0') ~= ARGV[1] then
    return 0
end
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[2], ARGV[2])
return 1
