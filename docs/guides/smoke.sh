#!/usr/bin/env bash
# A tour of the Workspace API with curl. It logs in, opens a group with the first agent, asks something, waits for the
# answer and prints the history. Usage: OWNER_KEY=… docs/guides/smoke.sh [http://127.0.0.1:18800]
set -euo pipefail

base=${1:-http://127.0.0.1:18800}
key=${OWNER_KEY:?set OWNER_KEY to the owner key, which the first start printed}
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

# call METHOD PATH [JSON]: prints the reply; a status of 400 or more ends the script.
call() {
  local arguments=(--silent --show-error --fail-with-body --request "$1" --cookie "$jar" --cookie-jar "$jar")
  if [ $# -gt 2 ]; then arguments+=(--header 'Content-Type: application/json' --data "$3"); fi
  curl "${arguments[@]}" "$base$2"
}
# first NAME: the first string of that name in the JSON on standard input.
first() { grep -o "\"$1\":\"[^\"]*\"" | sed -n "1s/^\"$1\":\"\(.*\)\"$/\1/p"; }

echo '# log in: the session comes back as a cookie'
call POST /api/login "{\"password\":\"$key\"}"; echo

echo '# agents'
agents=$(call GET /api/agents)
agent_id=$(first id <<< "$agents")
agent_name=$(first name <<< "$agents")
echo "$agent_id is $agent_name"

echo '# a group with that agent'
channel=$(call POST /api/channels "{\"name\":\"Smoke test\",\"type\":\"group\",\"agentIds\":[\"$agent_id\"]}")
channel_id=$(first id <<< "$channel")
echo "$channel_id"

echo '# ask: the reply comes at once, the answer later'
call POST /api/messages "{\"channelId\":\"$channel_id\",\"content\":\"@$agent_name hello\",\"type\":\"text\"}"; echo

echo '# wait until nothing is queued or running, then read the history'
for _ in $(seq 1 300); do
  if [ "$(call GET "/api/channels/$channel_id/answers")" = '{"answers":[]}' ]; then break; fi
  sleep 0.1
done
call GET "/api/messages?channelId=$channel_id&limit=10"; echo

echo '# tidy up and log out'
call DELETE "/api/channels/$channel_id"; echo
call POST /api/logout; echo
