# Beside what Claude Code knows already, the server of servers.py: once with a token, once without.
set -e
claude=$1
"$claude" mcp add -t http hosted "$HOSTED_URL" --header "Authorization: Bearer $HOSTED_TOKEN" >/dev/null
"$claude" mcp add -t http stranger "$HOSTED_URL" >/dev/null
"$claude" mcp list
