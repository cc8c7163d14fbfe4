-- Answers a batch of checks in one call, by Redis's own clock.
--
-- KEYS  for each check: its session's key, its counter's key; "" where there is none.
-- ARGV  for each check: its limit, the period in milliseconds, and how many requests to count ahead
--       if they are within the limit too.
-- Returns for each check: whether the session is alive, whether the request is within the limit,
-- how many more are, the milliseconds until some of them return, and how many were counted ahead.
--
-- A counter is a sliding window in slots of 1/100 of the period. A request is held until its slot
-- and 100 more have passed, so no stretch of one period ever sees more than the limit, and none
-- is held longer than 1 % beyond it. Refused requests are not counted.
local SLOTS = 100
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- Lets go of the slots that have passed; returns what is still held and since which slot.
local function slide(key, slot, held, oldest)
  while oldest < slot do
    local count = tonumber(redis.call('HGET', key, oldest))
    if count and oldest >= slot - SLOTS then
      break
    end
    if count then
      redis.call('HDEL', key, oldest)
      held = held - count
    end
    oldest = oldest + 1
  end
  return held, oldest
end

local function spend(key, limit, period, ahead)
  local width = period / SLOTS
  local slot = math.floor(now / width)
  local kept = redis.call('HMGET', key, 'held', 'oldest')
  local held, oldest = slide(key, slot, tonumber(kept[1]) or 0, tonumber(kept[2]) or slot)
  local within = held < limit
  if held + 1 + ahead > limit then
    ahead = 0
  end
  if within then
    held = held + 1 + ahead
    redis.call('HINCRBY', key, slot, 1 + ahead)
    redis.call('PEXPIRE', key, period + 2 * math.ceil(width))
  end
  redis.call('HSET', key, 'held', held, 'oldest', oldest)
  local reset = math.ceil((oldest + SLOTS + 1) * width - now)
  return within and 1 or 0, math.max(0, limit - held), reset, ahead
end

local answers = {}
for at = 1, #KEYS, 2 do
  local session, counter = KEYS[at], KEYS[at + 1]
  local alive = (session == '' or redis.call('EXISTS', session) == 1) and 1 or 0
  local within, remaining, reset, ahead = 1, 0, 0, 0
  if alive == 1 and counter ~= '' then
    local first = (at - 1) / 2 * 3
    local limit, period = tonumber(ARGV[first + 1]), tonumber(ARGV[first + 2])
    within, remaining, reset, ahead = spend(counter, limit, period, tonumber(ARGV[first + 3]))
  end
  local last = #answers
  answers[last + 1], answers[last + 2] = alive, within
  answers[last + 3], answers[last + 4], answers[last + 5] = remaining, reset, ahead
end
return answers
