# What the API server refuses, and in which words.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 1
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
EOF
settle
! patch sts web -p '{"spec":{"serviceName":"other"}}'
! patch sts web -p '{"spec":{"selector":{"matchLabels":{"a":"b"}}}}'
! patch sts web --type=merge -p '{"spec":{"volumeClaimTemplates":null}}'
! patch sts web -p '{"spec":{"template":{"metadata":{"labels":{"app":"other"}}}}}'
! patch sts web -p '{"spec":{"replicas":-1}}'
! patch sts web -p '{"spec":{"updateStrategy":{"type":"Sometimes"}}}'
! patch sts web -p '{"spec":{"template":{"spec":{"restartPolicy":"Never"}}}}'
! patch sts web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":""}]'
! patch po web-0 -p '{"spec":{"nodeName":"node-9"}}'
! patch pvc data-web-0 -p '{"spec":{"volumeName":"x"}}'
! apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: bad}
spec: {}
EOF
! apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: Bad_Name}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: c}}
    spec: {containers: [{name: x, image: x}]}
EOF
! apply -f - <<EOF
apiVersion: v1
kind: Service
metadata: {name: bad}
spec: {ports: [{port: 99999}]}
EOF
get sts
