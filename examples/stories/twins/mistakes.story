# Mistakes at the keyboard.
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
! frob
! gte po
! get po --al
! get po -Z
! scale sts web --replicas
! get po -o
! exec web-0
! logs nope
! describe nope/x
! describe po nope
! logs
! set
! edit
! get po web-0,web-1
! events --for=nope/x
