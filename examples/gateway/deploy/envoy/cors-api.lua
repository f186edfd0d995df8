-- CORS policy `api`, exported by cors-compiler 0.1.0: change the policy, not this file.
-- For Envoy 1.28 or newer. Level: wire. Decides: 76f34e7cf3a6a03c.
-- Unlike the policy: an empty line of Origin or Sec-Fetch-Site next to another one counts as missing.
-- Unlike the policy: Envoy first removes every CR inside a value.
-- Unlike the policy: Envoy removes an Upgrade without `Connection: upgrade`, so the request opens no WebSocket.
-- Place: the first HTTP filter, as in cors-api.filter.yaml.
-- Origins are read from their last byte to their first, by a table of states.
-- rule 1: https://foo.example
-- rule 1: https://*.foo.example
local function run(class, step, accept, text)
  local state = 1
  for i = #text, 1, -1 do
    local c = class[text:byte(i)]
    state = c and step[state][c] or 0
    if state == 0 then return 0 end
  end
  return accept[state]
end
local class = {[45]=2,[46]=3,[47]=4,[48]=2,[49]=2,[50]=2,[51]=2,[52]=2,[53]=2,[54]=2,[55]=2,[56]=2,[57]=2,[58]=5,[95]=2,[97]=6,[98]=2,[99]=2,[100]=2,[101]=7,[102]=8,[103]=2,[104]=9,[105]=2,[106]=2,[107]=2,[108]=10,[109]=11,[110]=2,[111]=12,[112]=13,[113]=2,[114]=2,[115]=14,[116]=15,[117]=2,[118]=2,[119]=2,[120]=16,[121]=2,[122]=2,}
local step = {
{0,0,0,0,0,0,2,0,0,0,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,3,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,4,0,0,0},
{0,0,0,0,0,0,0,0,0,0,5,0,0,0,0,0},
{0,0,0,0,0,6,0,0,0,0,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7},
{0,0,0,0,0,0,8,0,0,0,0,0,0,0,0,0},
{0,0,9,0,0,0,0,0,0,0,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,10,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,11,0,0,0,0},
{0,0,0,0,0,0,0,12,0,0,0,0,0,0,0,0},
{0,0,13,14,0,0,0,0,0,0,0,0,0,0,0,0},
{0,15,0,0,0,15,15,15,15,15,15,15,15,15,15,15},
{0,0,0,16,0,0,0,0,0,0,0,0,0,0,0,0},
{0,15,0,14,0,15,15,15,15,15,15,15,15,15,15,15},
{0,0,0,0,17,0,0,0,0,0,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,0,18,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,19,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,0,0,20,0},
{0,0,0,0,0,0,0,0,0,0,0,0,0,0,21,0},
{0,0,0,0,0,0,0,0,22,0,0,0,0,0,0,0},
{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0},
}
local accept = {0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,}
local listed = {
}
local function rule_of(origin)
  if #origin > 324 then return 0 end
  local first = listed[origin] or 0
  local rule = run(class, step, accept, origin)
  if first == 0 or (rule > 0 and rule < first) then return rule end
  return first
end
local rules = {
  { origin = nil, always = { ["access-control-allow-credentials"] = "true", }, preflight = { ["access-control-allow-methods"] = "POST, GET, OPTIONS", ["access-control-allow-headers"] = "x-pingother, content-type", ["access-control-max-age"] = "86400", }, actual = { } },
}
local owned = { "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers", "access-control-allow-methods", "access-control-allow-headers", "access-control-max-age", "access-control-allow-private-network" }
local varied = { [0] = { "Origin" } }
local is_public = false
-- The rule for responses to requests that no filter gets.
local unfiltered = 0
local namespace = "cors-api.lua"
local status = "204"
local function refusal_of() return nil, 0 end
local function put(headers, values)
  for name, value in pairs(values) do headers:replace(name, value) end
end
function envoy_on_request(handle)
  local headers = handle:headers()
  local count = headers:getNumValues("origin")
  local origin = count > 0 and headers:getAtIndex("origin", 0) or ""
  local rule = (is_public or count == 1) and rule_of(origin) or 0
  local preflight = count > 0 and headers:get(":method") == "OPTIONS"
    and headers:getNumValues("access-control-request-method") > 0
  local refusal, consulted = refusal_of(headers, rule, preflight)
  if refusal then rule = 0 end
  local metadata = handle:streamInfo():dynamicMetadata()
  metadata:set(namespace, "rule", rule)
  metadata:set(namespace, "origin", rule > 0 and origin or "")
  metadata:set(namespace, "preflight", preflight)
  metadata:set(namespace, "consulted", consulted)
  if refusal or preflight then
    handle:respond({ [":status"] = refusal or (rule > 0 and status or "403") }, "")
  end
end
-- Responses of this filter come by here as well.
function envoy_on_response(handle)
  local headers = handle:headers()
  local metadata = handle:streamInfo():dynamicMetadata():get(namespace)
    or { rule = unfiltered, consulted = 0 }
  for _, name in ipairs(owned) do headers:remove(name) end
  local rule = rules[metadata.rule]
  if rule then
    local origin = rule.origin or metadata.origin
    headers:replace("access-control-allow-origin", origin)
    put(headers, rule.always)
    put(headers, metadata.preflight and rule.preflight or rule.actual)
    if rule.timing and not metadata.preflight then headers:replace("timing-allow-origin", origin) end
  end
  local listed = {}
  for i = 0, headers:getNumValues("vary") - 1 do
    for member in headers:getAtIndex("vary", i):gmatch("[^,]+") do
      listed[member:match("^%s*(.-)%s*$"):lower()] = true
    end
  end
  for _, name in ipairs(varied[metadata.consulted]) do
    if not listed["*"] and not listed[name:lower()] then headers:add("vary", name) end
  end
end
