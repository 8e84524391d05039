# The Go service answers an unknown kind in the error form of the Rust service, byte for byte but for the line end.
answer() {
  curl -s -H 'content-type: application/json' -d '{"kind":"invoice","artifact":{}}' "http://127.0.0.1:$1/v1/validate"
}
rust=$(answer 3100)
go=$(answer 4110)
printf 'rust %s\ngo   %s\n' "$rust" "$go"
test "$rust" = "$go"
