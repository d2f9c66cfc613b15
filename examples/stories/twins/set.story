# One thing of a pod template.
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
create service clusterip one --tcp=80
set env sts/web A=b
set env sts/web A=b
set env sts/web --list
set env sts/web A-
set env sts web C=d -c nope
set env sts/web
set env sts/web A=1 --dry-run=client
set env sts/web A=1 --dry-run=server
set env sts/web A=1 --dry-run=server -o name
set env sts/web A=1 A=2
set env sts/web --list
! set env sts/web A=3 --overwrite=false
set env sts --all B=1
set env sts -l app=web B=2
! set env nope/web A=1
! set env sts/nope A=1
! set env svc/one A=b
! set env sts/web A=1 A-
set resources sts/web --limits=cpu=200m,memory=512Mi --requests=cpu=100m
set resources sts/web --limits=cpu=200m
! set resources sts/web
! set resources sts/web -c=x --limits=cpu=1
! set resources sts/web --limits=cpu=0
set serviceaccount sts/web default
set serviceaccount sts/web default
set sa sts web default
! set serviceaccount sts/web
set image sts/web web=web:3
set image sts/web web=web:3
! set image sts/web x=web:3
! set image sts/web
set image sts --all web=web:4
set image sts -l app=web web=web:5
! set image svc/one web=web:4
set image sts/web web=web:6 --dry-run=client
set image sts/web *=web:6 -o name
settle
get sts web -o wide
create cm x --from-literal=k-a=v
set env --from=cm/x sts/web
set env sts/web --list
set env --from=cm/x --prefix=P_ sts/web --dry-run=server -o name
! set foo
set selector svc/one app=web
get svc one -o jsonpath={.spec.selector}
