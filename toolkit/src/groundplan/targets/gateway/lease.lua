-- Lets a busy caller's reads in on one answer of the authorisation service, for a moment.
--
-- A caller that reads often asks the service for a lease: so many more reads, paid for in its
-- limit beforehand, within so many milliseconds. Reads on a lease skip the question; whatever has
-- no lease is asked about, so a lost or broken lease can only cost time. The token is verified
-- before this filter, each time. A caller's lease lives in this one worker.
local ASK, GRANT = "x-groundplan-lease-ask", "x-groundplan-lease"
local METADATA, ANSWER = "groundplan.lease", "envoy.filters.http.ext_authz"
local MARK = "lease "   -- begins the names of the routes that may be leased
local WINDOW = 50       -- milliseconds over which a caller's reads are counted
local FEWEST = 8        -- expected reads in a lease's time below which none is worth its while
local TURN = 1000       -- milliseconds after which a caller that is not seen is forgotten

local young, old, turned = {}, {}, 0
local by_id, last_id = setmetatable({}, {__mode = "v"}), 0

-- Other spellings than these are for the service to judge.
local function is_plain(path)
  local after = path:match("^[%l%d/_%-]*()")
  return after > #path or path:byte(after) == 63
end

local function leases_of(token, now)
  if now - turned > TURN then
    young, old, turned = {}, now - turned > 2 * TURN and {} or young, now
  end
  local found = young[token] or old[token] or {}
  young[token] = found
  return found
end

local function lease_of(token, route, now)
  local leases = leases_of(token, now)
  local lease = leases[route]
  if not lease then
    last_id = last_id + 1
    lease = {id = last_id, left = 0, size = 0, ends = 0, lasts = 100, asked = 0,
             count = 0, since = now, expected = 0}
    leases[route], by_id[last_id] = lease, lease
  end
  return lease
end

local function count(lease, now)
  local elapsed = now - lease.since
  if elapsed >= WINDOW then
    lease.expected = math.floor(lease.count * lease.lasts / elapsed)
    lease.count, lease.since = 0, now
  end
  lease.count = lease.count + 1
end

local function is_due(lease, now)
  return lease.left * 2 < lease.size or (lease.ends - now) * 2 < lease.lasts
end

local function admit(handle, headers, lease)
  lease.left = lease.left - 1
  headers:replace("x-groundplan-subject", lease.subject)
  headers:replace("x-groundplan-role", lease.role)
  headers:replace("x-groundplan-session", lease.session)
  handle:streamInfo():dynamicMetadata():set(METADATA, "held", lease.id)
end

function envoy_on_request(handle)
  local route = handle:streamInfo():routeName()
  if route:sub(1, #MARK) ~= MARK then return end
  local headers = handle:headers()
  local token = headers:get("authorization")
  if not token or not is_plain(headers:get(":path")) then return end
  local now = tonumber(handle:timestamp())
  local lease = lease_of(token, route, now)
  count(lease, now)
  local holds = lease.left > 0 and now < lease.ends
  if now < lease.asked or lease.expected < FEWEST or (holds and not is_due(lease, now)) then
    if holds then admit(handle, headers, lease) end
    return
  end
  lease.asked = now + lease.lasts / 2
  headers:replace(ASK, lease.id .. " " .. lease.expected .. " " .. lease.left)
end

-- A grant reads: id reads milliseconds subject role session limit remaining reset
local function take(grant)
  local word = grant:gmatch("%S+")
  local lease = by_id[tonumber(word())]
  if not lease then return end
  local reads = tonumber(word())
  lease.left, lease.size, lease.lasts = lease.left + reads, lease.left + reads, tonumber(word())
  lease.subject, lease.role, lease.session = word(), word(), word()
  lease.limit, lease.remaining, lease.reset = word(), tonumber(word()), word()
  return lease
end

local function tell(headers, lease)
  headers:replace("ratelimit-limit", lease.limit)
  headers:replace("ratelimit-remaining", tostring(lease.remaining + lease.left))
  headers:replace("ratelimit-reset", lease.reset)
end

function envoy_on_response(handle)
  local info = handle:streamInfo()
  if info:routeName():sub(1, #MARK) ~= MARK then return end
  local metadata = info:dynamicMetadata()
  local held = metadata:get(METADATA)
  if held then
    local lease = by_id[held.held]
    if lease then tell(handle:headers(), lease) end
    return
  end
  local answer = metadata:get(ANSWER)
  if not answer or not answer[GRANT] then return end
  local lease = take(answer[GRANT])
  if lease then
    local now = tonumber(handle:timestamp())
    lease.ends, lease.asked = now + lease.lasts, 0
  end
end
