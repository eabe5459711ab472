-- Reads some flows of a list, and removes from it those that have expired, for which it returns nothing.
-- KEYS: the list, and each flow. ARGV: the id of each flow in the same order
local flows = {}
for i = 2, #KEYS do
    flows[i - 1] = redis.call('HGET', KEYS[i], 'data')
    if not flows[i - 1] then
        redis.call('ZREM', KEYS[1], ARGV[i - 1])
    end
end
return flows
