# Both services on this machine refuse an unknown kind with 422.
for port in 3100 4110; do
  status=$(curl -s -o /dev/null -w '%{http_code}' -H 'content-type: application/json' \
    -d '{"kind":"invoice","artifact":{}}' "http://127.0.0.1:$port/v1/validate")
  echo "port $port: $status"
  test "$status" = 422 || exit 1
done
