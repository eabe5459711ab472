-- Tells which of some owners have tokens, and removes the others, whose tokens have expired.
-- KEYS: the owners, and the tokens of each. ARGV: each owner in the same order
local living = {}
for i = 2, #KEYS do
    living[i - 1] = redis.call('EXISTS', KEYS[i])
    if living[i - 1] == 0 then
        redis.call('SREM', KEYS[1], ARGV[i - 1])
    end
end
return living
