-- Different questions for wrk, as scripts ask them: six kinds, each of hundreds of values.
--
--     readout serve --db record.sqlite --port 4997
--     wrk -t1 -c50 -d60s --latency -s bench/questions.lua -H 'accept-encoding: gzip, br' http://127.0.0.1:4997/ -- 2003 2021
--
-- The two numbers are the first and last year that the record tells of.
local parties = { "USA", "RUS", "CHN", "UKR", "ISR", "IRN", "GBR", "FRA", "DEU", "JPN", "KOR", "PRK", "IND", "PAK", "TUR", "SYR", "EGY", "SAU" }
local types = { "CONSULT", "SUPPORT", "ACCUSE", "AGREE", "AID", "COOPERATE", "THREATEN", "SANCTION" }
local first, last = 2003, 2021

function init(args)
  math.randomseed(7)
  first, last = tonumber(args[1]) or first, tonumber(args[2]) or last
end

local function any(list) return list[math.random(#list)] end
local function day() return string.format("%d-%02d-%02d", math.random(first, last), math.random(1, 12), math.random(1, 28)) end

local kinds = {
  function() return string.format("timeline?limit=%d&from=%s", math.random(10, 40), day()) end,
  function() return string.format("timeline?limit=%d&status=happened&from=%s", math.random(5, 40), day()) end,
  function() return string.format("timeline?limit=20&between=%s&type=%s", any(parties), any(types)) end,
  function() return string.format("timeline?limit=20&between=%s&between=%s&newestFirst=true", any(parties), any(parties)) end,
  function() return string.format("search?words=%s&limit=10", any(types):lower()) end,
  function() return string.format("stats?between=%s&by=year", any(parties)) end,
}

function request() return wrk.format("GET", "/api/v1/" .. any(kinds)()) end
