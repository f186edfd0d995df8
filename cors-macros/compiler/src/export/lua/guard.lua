-- The only value of a header; nil if it is missing, and false if it is repeated.
local function single(headers, name)
  local count = headers:getNumValues(name)
  if count == 0 then return nil end
  return count == 1 and headers:getAtIndex(name, 0)
end
local function without_port(authority, port)
  return authority:match("^([^:]+):" .. port .. "$") or authority:match("^(%[[^%]]*%]):" .. port .. "$")
end
local function is_same_host(origin, authority)
  if not is_web(origin) then return false end
  local scheme, host = origin:match("^(https?)://(.*)$")
  local port = scheme == "https" and "443" or "80"
  authority = authority:lower()
  return host == authority or host == without_port(authority, port) or host == without_port(authority, "")
end
local function is_handshake(headers)
  if headers:get(":method") == "CONNECT" then return true end
  for i = 0, headers:getNumValues("upgrade") - 1 do
    for protocol in headers:getAtIndex("upgrade", i):gmatch("[^,]+") do
      if protocol:match("^[ \t]*(.-)[ \t]*$"):match("^[^/]*"):lower() == "websocket" then return true end
    end
  end
  return false
end
local function is_same_origin(headers, authority)
  local site = single(headers, "sec-fetch-site")
  if site ~= nil and site ~= "" then return site == "same-origin" or site == "none" end
  local origin = single(headers, "origin")
  if origin == nil then return true end
  return origin and is_same_host(origin, authority)
end
local function is_trusted(rule, method, handshake)
  if not rule then return false end
  if not rule.writes then return true end
  if handshake then return rule.handshakes end
  return rule.writes[method]
end
-- The status of a request that is refused, and the number of headers that were consulted for it.
function refusal_of(headers, rule, preflight)
  local authority = headers:get(":authority") or ""
  local handshake = is_handshake(headers)
  local method = headers:get(":method")
  local write = handshake or not (method == "GET" or method == "HEAD" or method == "OPTIONS")
  local consulted = 0
  if on_denied ~= "Continue" and not preflight then
    consulted = write and 1 or on_denied == "Refuse" and 2 or 0
  end
  if not is_host(authority) then return "421", consulted end
  if consulted == 0 or is_same_origin(headers, authority) then return nil, consulted end
  if consulted == 1 then
    if is_trusted(rules[rule], method, handshake) then return nil, consulted end
    return "403", consulted
  end
  local navigates = single(headers, "origin") == nil and single(headers, "sec-fetch-mode") == "navigate"
  if rule > 0 or navigates then return nil, consulted end
  return "403", consulted
end
