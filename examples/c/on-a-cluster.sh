#!/usr/bin/env bash
# Lets a controller that talks in lines (examples/README.md), such as the one in C, control the StatefulSets of a real
# cluster: watches go in as `kubectl get --raw` prints them, requests go out as curl sends them through `kubectl proxy`, and
# what the API server answers goes in. Nothing is decided here, and no JSON is rewritten: lines are cut and pasted.
#
#   on-a-cluster.sh CONTROLLER [NAMESPACE]
#
# It needs bash, kubectl with a kubeconfig, curl and flock. The built-in controller must be off, as with
# kube-controller-manager --controllers=*,-statefulset-controller. STATEFULSET_PROFILE is upstream (default) or standalone.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    sed -n '2,/^set/{s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
controller=$1 namespace=${2:-default}
folder=$(mktemp -d)
group=

# Whatever they are doing: one that was only just started might not heed anything gentler.
end() {
    [ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null || true
    group=
}
trap 'end; rm -rf "$folder"' EXIT
trap 'exit 0' TERM INT

apps=/apis/apps/v1/namespaces/$namespace
core=/api/v1/namespaces/$namespace
watched=("$apps/statefulsets" "$apps/controllerrevisions" "$core/pods" "$core/persistentvolumeclaims")
if [ "${STATEFULSET_PROFILE:-upstream}" = standalone ]; then
    watched+=(/api/v1/persistentvolumes /apis/storage.k8s.io/v1/storageclasses /api/v1/nodes
        "/apis/policy/v1/namespaces/$namespace/poddisruptionbudgets")
fi
# Everything that there is first, then a bookmark that says so, then what changes.
query='watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'

# Gives the controller lines. There are several that do so: a lock keeps their lines whole.
tell() {
    exec 9>"$folder/lock"
    while IFS= read -r line; do
        flock 9
        printf '%s\n' "$line" >"$folder/in"
        flock -u 9
    done
}

# Sends what the controller asks for, and gives it the answers.
serve() {
    while IFS= read -r line; do
        case $line in
        '{"set":'*) record "$line" >&2 ;;
        *'"method":'*) send "$line" ;;
        esac
    done
}

# {…,"method":"POST","path":"/api/…","contentType":"application/json","body":{…}}: the body is last, and is sent as it stands.
send() {
    local body=${1#*'"body":'} code
    code=$(call "$(member method "$1")" "$(member path "$1")" "$(member contentType "$1")" "${body%\}}")
    printf '{"http":%s,"body":%s}\n' "$code" "$(one_line <"$folder/answer")"
}

# {"set":"default/web","event":{"type":"Normal","reason":"…","message":"…"}}
record() {
    local set event uid time
    set=$(member set "$1") event=${1#*'"event":{'}
    set=${set#*/}
    uid=$(kubectl get -n "$namespace" statefulset "$set" -o 'jsonpath={.metadata.uid}' --ignore-not-found)
    time=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    call POST "$core/events" application/json '{"apiVersion":"v1","kind":"Event","metadata":{"generateName":"'"$set"'."},
        "involvedObject":{"apiVersion":"apps/v1","kind":"StatefulSet","namespace":"'"$namespace"'","name":"'"$set"'","uid":"'"$uid"'"},
        "source":{"component":"statefulset-controller"},"count":1,"firstTimestamp":"'"$time"'","lastTimestamp":"'"$time"'",'"${event%\}}" >/dev/null
}

# The text that is the first member of this name.
member() {
    local rest=${2#*"\"$1\":\""}
    printf %s "${rest%%\"*}"
}

# One request; prints the status and keeps the answer. 000: there was none.
call() {
    : >"$folder/answer"
    printf %s "$4" | curl --silent --max-time 30 --unix-socket "$folder/api" --request "$1" --header "Content-Type: $3" \
        --data-binary @- --output "$folder/answer" --write-out '%{http_code}' "http://localhost$2" || true
}

# An answer as one line; null where there is none.
one_line() {
    local text
    text=$(tr -d '\n')
    printf %s "${text:-null}"
}

# Starts the controller and all that it needs, and ends when one of them does, a watch for example.
control() {
    set +m
    rm -f "$folder"/*
    mkfifo "$folder/in" "$folder/out"
    # Both ends are kept open here, so that the controller's input does not end between two lines.
    exec 8<>"$folder/in" 7<>"$folder/out"
    kubectl proxy --unix-socket="$folder/api" >/dev/null &
    until [ -S "$folder/api" ] || ! kill -0 $! 2>/dev/null; do sleep 0.05; done
    "$controller" <"$folder/in" >"$folder/out" &
    serve <"$folder/out" > >(tell) &
    for i in "${!watched[@]}"; do
        mkfifo "$folder/$i"
        kubectl get --raw "${watched[i]}?$query" >"$folder/$i" &
        tell <"$folder/$i" &
    done
    wait -n || true
}

# Then the rest of them end too, and everything begins anew: the controller remembers nothing that it is not shown again.
# They are a group of processes each time, so that none is left.
set -m
while :; do
    control &
    group=$!
    wait "$group" || true
    end
    echo "$0: a watch, the controller or the proxy has ended; everything begins anew" >&2
    sleep 1
done
