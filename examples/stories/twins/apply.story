# What is applied, and what apply would change.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
EOF
settle
apply -f ../../manifests/sample.yaml --dry-run=client
apply -f ../../manifests/sample.yaml --dry-run=server
apply -f ../../manifests/sample.yaml
settle
apply -f ../../manifests/sample.yaml
apply -f ../../manifests/sample.yaml -o name
apply -f ../../manifests/sample.yaml --dry-run=server
apply -f ../../manifests/sample.yaml -l app=sample-app
! apply -f ../../manifests/sample.yaml -l app=x
! apply
! apply -f nothing.yaml
apply view-last-applied svc/sample-statefulset
scale sts web --replicas=2
settle
! diff -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 3
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:2", ports: [{containerPort: 80}]}
EOF
! diff -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: new}
data: {a: b}
EOF
! diff
diff -f ../../manifests/sample.yaml
apply -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: new}
data: {a: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data: {a: b}
EOF
get cm new other
! apply -f - <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: new}
data: {a: c}
---
apiVersion: example.com/v1
kind: Gadget
metadata: {name: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data: {a: c}
EOF
get cm new other -o custom-columns=NAME:.metadata.name,A:.data.a
