# shellcheck shell=bash
# A database login from Secrets Manager, by way of the instance's role. It is never written to a
# file and never stands in a command line.

# read_secret ID: sets SECRET_USER and SECRET_PASSWORD from a secret like {"username":..,"password":..}.
read_secret() {
  local id=$1 region='' json
  [[ $id != arn:* ]] || IFS=: read -r _ _ _ region _ < <(printf '%s\n' "$id")
  region=${region:-${AWS_SSM_REGION_NAME:-${AWS_REGION:-}}}
  [[ -n ${AWS_REGION:-} ]] || unset AWS_REGION
  need_tools aws awk
  ((${#PROBLEMS[@]} == 0)) || return 1
  if ! json=$(aws secretsmanager get-secret-value --secret-id "$id" ${region:+--region "$region"} \
    --query SecretString --output text --cli-connect-timeout 3 --cli-read-timeout 5 2>&1); then
    problem "the secret $id cannot be read: ${json##*$'\n'}"
    return 1
  fi
  # The full stop keeps line breaks at the end, which would be cut off, in sight.
  SECRET_USER=$(printf '%s\n' "$json" | json_text username && echo .)
  SECRET_PASSWORD=$(printf '%s\n' "$json" | json_text password && echo .)
  SECRET_USER=${SECRET_USER%.} SECRET_PASSWORD=${SECRET_PASSWORD%.}
  if [[ -z $SECRET_USER || -z $SECRET_PASSWORD ]]; then
    problem "the secret $id has no text for username and password"
    return 1
  fi
  # A line break would begin an option of its own in the client's option file.
  if [[ $SECRET_USER$SECRET_PASSWORD == *[[:cntrl:]]* ]]; then
    SECRET_USER='' SECRET_PASSWORD=''
    problem "the secret $id has a control character in username or password"
    return 1
  fi
}

# json_text KEY: the text of that key in the object on standard input.
json_text() {
  awk -v wanted="$1" '
    { json = json $0 "\n" }
    function text(    out, c, code) {
      for (i++; i <= length(json); i++) {
        c = substr(json, i, 1)
        if (c == "\"") return out
        if (c == "\\") {
          c = substr(json, ++i, 1)
          if (c == "n") c = "\n"
          else if (c == "t") c = "\t"
          else if (c == "r") c = "\r"
          else if (c == "b") c = "\b"
          else if (c == "f") c = "\f"
          else if (c == "u") {
            code = hex(substr(json, i + 1, 4))
            if (code < 1 || code > 127) exit 1 # such characters stand unescaped in UTF-8
            c = sprintf("%c", code)
            i += 4
          }
        }
        out = out c
      }
    }
    function hex(digits,    n, d) {
      for (d = 1; d <= 4; d++)
        n = n * 16 + index("123456789abcdef", tolower(substr(digits, d, 1)))
      return n
    }
    END {
      for (i = 1; i <= length(json); i++) {
        c = substr(json, i, 1)
        if (c == "{" || c == "[") depth++
        else if (c == "}" || c == "]") depth--
        else if (c == "," && depth == 1) { key = ""; value = 0 }
        else if (c == ":" && depth == 1) value = 1
        else if (c == "\"") {
          found = text()
          if (depth == 1 && !value) key = found
          else if (depth == 1 && key == wanted) { printf "%s", found; exit 0 }
        }
      }
    }'
}
