local owned = {
  "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers",
  "access-control-allow-methods", "access-control-allow-headers", "access-control-max-age",
  "access-control-allow-private-network",
}
local is_public = IS_PUBLIC
local namespace = NAMESPACE
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
  local metadata = handle:streamInfo():dynamicMetadata()
  metadata:set(namespace, "rule", rule)
  metadata:set(namespace, "origin", rule > 0 and origin or "")
  metadata:set(namespace, "preflight", preflight)
  if preflight then
    handle:respond({ [":status"] = rule > 0 and STATUS or "403" }, "")
  end
end
-- Responses of this filter come by here as well.
function envoy_on_response(handle)
  local headers = handle:headers()
  local metadata = handle:streamInfo():dynamicMetadata():get(namespace) or {}
  for _, name in ipairs(owned) do headers:remove(name) end
  local rule = rules[is_public and 1 or metadata.rule or 0]
  if rule then
    headers:replace("access-control-allow-origin", rule.origin or metadata.origin)
    put(headers, rule.always)
    put(headers, metadata.preflight and rule.preflight or rule.actual)
  end
  if is_public then return end
  for i = 0, headers:getNumValues("vary") - 1 do
    for member in headers:getAtIndex("vary", i):gmatch("[^,]+") do
      member = member:match("^%s*(.-)%s*$"):lower()
      if member == "origin" or member == "*" then return end
    end
  end
  headers:add("vary", "Origin")
end
