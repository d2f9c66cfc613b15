# Each pod has a claim of its own, which outlives it.
option profile upstream
apply -f - <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  labels: {app: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "web:1", ports: [{containerPort: 80}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
EOF
settle
get sts,po,pvc
get pv --sort-by=.spec.claimRef.name -o custom-columns=CLAIM:.spec.claimRef.name,PHASE:.status.phase,POLICY:.spec.persistentVolumeReclaimPolicy
scale sts db --replicas=1
settle
get po,pvc
scale sts db --replicas=2
settle
get pvc
delete po db-0
settle
get po,pvc
delete sts db
settle
get sts,po,pvc
delete pvc data-db-0
get pvc
get pv --sort-by=.spec.claimRef.name -o custom-columns=CLAIM:.spec.claimRef.name
! get pvc data-db-0
