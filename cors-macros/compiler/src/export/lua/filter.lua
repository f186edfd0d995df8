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
