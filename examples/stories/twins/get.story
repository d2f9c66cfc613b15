# What is shown, in every form.
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
get po
get po web-0
get po/web-0 sts/web
get po,sts
get sts,po -l app=web
! get po/web-0 web
! get pods/web-0,sts/web
! get po,sts web-0
! get nope
! get po nope
get po nope --ignore-not-found
! get
get ns default
get po --sort-by=.metadata.creationTimestamp
get po --sort-by={.metadata.name} -o name
get po --sort-by=.nope
! get po --sort-by=.nope -o name
get po --field-selector=status.phase=Running
get po --field-selector=metadata.name=web-1
get po --field-selector=status.phase!=Running
! get po --field-selector=spec.replicas=2
! get sts --field-selector=spec.replicas=2
get sts --field-selector=metadata.name=web
get po -A
get po -A --no-headers
get po --show-labels
get po --show-kind
get po -L app,x
get po --no-headers
get po -o name
get -o name po,sts
get po web-0 -o jsonpath={.metadata.name}
get po -o jsonpath={.items[*].metadata.name}
get po -o jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'
get po -o jsonpath-as-json={.items[*].metadata.name}
get po web-0 -o jsonpath={.x}
! get po web-0 -o jsonpath={.x
! get po -o jsonpath
! get po -o foo
! get po -o custom-columns
! get po -o custom-columns=N
get po -o custom-columns=N:.metadata.name,X:.x
get po -o custom-columns=N:.metadata.name --no-headers
! get po -o custom-columns-file=nope
! get po web-0 -A
! get po web-0 -o name --show-labels
get po -l a=b
get po -l a=b -o name
get po -l a=b -o yaml
get nodes -l a=b
get po,nodes -l a=b
get po -A -l a=b
get sts.apps
get statefulsets.v1.apps
get sts web -o wide
get no
get sts web -o yaml
get po web-0 -o jsonpath={.spec.containers}
get po --chunk-size=1 -o name
get all
