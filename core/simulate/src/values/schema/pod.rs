//! Shapes of pods and their templates.

use super::{CONDITIONS, META, Merge, SELECTOR, Struct, Type};

const TEXTS: Type = Type::List(&Type::Text, Merge::Atomic);
const CONTAINERS: Type = Type::List(&Type::Struct(&CONTAINER), Merge::Key("name"));

pub(super) const POD: Struct = Struct {
    name: "Pod",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&SPEC)),
        ("status", Type::Struct(&STATUS)),
    ],
};

pub(super) const TEMPLATE: Struct = Struct {
    name: "PodTemplateSpec",
    fields: &[
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&SPEC)),
    ],
};

const SPEC: Struct = Struct {
    name: "PodSpec",
    fields: &[
        (
            "volumes",
            Type::List(&Type::Struct(&VOLUME), Merge::KeyRetaining("name")),
        ),
        ("initContainers", CONTAINERS),
        ("containers", CONTAINERS),
        (
            "ephemeralContainers",
            Type::List(&Type::Any, Merge::Key("name")),
        ),
        ("restartPolicy", Type::Text),
        ("terminationGracePeriodSeconds", Type::Int64),
        ("activeDeadlineSeconds", Type::Int64),
        ("dnsPolicy", Type::Text),
        ("nodeSelector", Type::Pairs),
        ("serviceAccountName", Type::Text),
        ("serviceAccount", Type::Text),
        ("automountServiceAccountToken", Type::Bool),
        ("nodeName", Type::Text),
        ("hostNetwork", Type::Bool),
        ("hostPID", Type::Bool),
        ("hostIPC", Type::Bool),
        ("shareProcessNamespace", Type::Bool),
        ("securityContext", Type::Struct(&POD_SECURITY)),
        (
            "imagePullSecrets",
            Type::List(&Type::Any, Merge::Key("name")),
        ),
        ("hostname", Type::Text),
        ("subdomain", Type::Text),
        ("affinity", Type::Struct(&AFFINITY)),
        ("schedulerName", Type::Text),
        (
            "tolerations",
            Type::List(&Type::Struct(&TOLERATION), Merge::Atomic),
        ),
        ("hostAliases", Type::List(&Type::Any, Merge::Key("ip"))),
        ("priorityClassName", Type::Text),
        ("priority", Type::Int32),
        ("dnsConfig", Type::Any),
        ("readinessGates", Type::List(&Type::Any, Merge::Atomic)),
        ("runtimeClassName", Type::Text),
        ("enableServiceLinks", Type::Bool),
        ("preemptionPolicy", Type::Text),
        ("overhead", Type::Quantities),
        (
            "topologySpreadConstraints",
            Type::List(&Type::Struct(&SPREAD), Merge::Key("topologyKey")),
        ),
        ("setHostnameAsFQDN", Type::Bool),
        ("os", Type::Any),
        ("hostUsers", Type::Bool),
        (
            "schedulingGates",
            Type::List(&Type::Any, Merge::Key("name")),
        ),
        ("resourceClaims", Type::List(&Type::Any, Merge::Key("name"))),
        ("resources", Type::Struct(&RESOURCES)),
        ("hostnameOverride", Type::Text),
        ("workloadRef", Type::Any),
        ("schedulingGroup", Type::Any),
    ],
};

const CONTAINER: Struct = Struct {
    name: "Container",
    fields: &[
        ("name", Type::Text),
        ("image", Type::Text),
        ("command", TEXTS),
        ("args", TEXTS),
        ("workingDir", Type::Text),
        (
            "ports",
            Type::List(&Type::Struct(&PORT), Merge::Key("containerPort")),
        ),
        ("envFrom", Type::List(&Type::Any, Merge::Atomic)),
        ("env", Type::List(&Type::Struct(&ENV), Merge::Key("name"))),
        ("resources", Type::Struct(&RESOURCES)),
        ("resizePolicy", Type::List(&Type::Any, Merge::Atomic)),
        ("restartPolicy", Type::Text),
        ("restartPolicyRules", Type::List(&Type::Any, Merge::Atomic)),
        (
            "volumeMounts",
            Type::List(&Type::Struct(&MOUNT), Merge::Key("mountPath")),
        ),
        (
            "volumeDevices",
            Type::List(&Type::Any, Merge::Key("devicePath")),
        ),
        ("livenessProbe", Type::Struct(&PROBE)),
        ("readinessProbe", Type::Struct(&PROBE)),
        ("startupProbe", Type::Struct(&PROBE)),
        ("lifecycle", Type::Struct(&LIFECYCLE)),
        ("terminationMessagePath", Type::Text),
        ("terminationMessagePolicy", Type::Text),
        ("imagePullPolicy", Type::Text),
        ("securityContext", Type::Struct(&SECURITY)),
        ("stdin", Type::Bool),
        ("stdinOnce", Type::Bool),
        ("tty", Type::Bool),
    ],
};

const PORT: Struct = Struct {
    name: "ContainerPort",
    fields: &[
        ("name", Type::Text),
        ("hostPort", Type::Int32),
        ("containerPort", Type::Int32),
        ("protocol", Type::Text),
        ("hostIP", Type::Text),
    ],
};

const ENV: Struct = Struct {
    name: "EnvVar",
    fields: &[
        ("name", Type::Text),
        ("value", Type::Text),
        ("valueFrom", Type::Any),
    ],
};

const MOUNT: Struct = Struct {
    name: "VolumeMount",
    fields: &[
        ("name", Type::Text),
        ("readOnly", Type::Bool),
        ("recursiveReadOnly", Type::Text),
        ("mountPath", Type::Text),
        ("subPath", Type::Text),
        ("mountPropagation", Type::Text),
        ("subPathExpr", Type::Text),
        ("bestEffort", Type::Bool),
    ],
};

const RESOURCES: Struct = Struct {
    name: "ResourceRequirements",
    fields: &[
        ("limits", Type::Quantities),
        ("requests", Type::Quantities),
        ("claims", Type::List(&Type::Any, Merge::Atomic)),
    ],
};

const PROBE: Struct = Struct {
    name: "Probe",
    fields: &[
        ("exec", Type::Struct(&EXEC)),
        ("httpGet", Type::Struct(&HTTP_GET)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET)),
        ("grpc", Type::Any),
        ("initialDelaySeconds", Type::Int32),
        ("timeoutSeconds", Type::Int32),
        ("periodSeconds", Type::Int32),
        ("successThreshold", Type::Int32),
        ("failureThreshold", Type::Int32),
        ("terminationGracePeriodSeconds", Type::Int64),
    ],
};

const LIFECYCLE: Struct = Struct {
    name: "Lifecycle",
    fields: &[
        ("postStart", Type::Struct(&HANDLER)),
        ("preStop", Type::Struct(&HANDLER)),
        ("stopSignal", Type::Text),
    ],
};

const HANDLER: Struct = Struct {
    name: "LifecycleHandler",
    fields: &[
        ("exec", Type::Struct(&EXEC)),
        ("httpGet", Type::Struct(&HTTP_GET)),
        ("tcpSocket", Type::Struct(&TCP_SOCKET)),
        ("sleep", Type::Any),
    ],
};

const EXEC: Struct = Struct {
    name: "ExecAction",
    fields: &[("command", TEXTS)],
};

const HTTP_GET: Struct = Struct {
    name: "HTTPGetAction",
    fields: &[
        ("path", Type::Text),
        ("port", Type::IntOrText),
        ("host", Type::Text),
        ("scheme", Type::Text),
        ("httpHeaders", Type::List(&Type::Any, Merge::Atomic)),
    ],
};

const TCP_SOCKET: Struct = Struct {
    name: "TCPSocketAction",
    fields: &[("port", Type::IntOrText), ("host", Type::Text)],
};

const SECURITY: Struct = Struct {
    name: "SecurityContext",
    fields: &[
        ("capabilities", Type::Any),
        ("privileged", Type::Bool),
        ("seLinuxOptions", Type::Any),
        ("windowsOptions", Type::Any),
        ("runAsUser", Type::Int64),
        ("runAsGroup", Type::Int64),
        ("runAsNonRoot", Type::Bool),
        ("readOnlyRootFilesystem", Type::Bool),
        ("allowPrivilegeEscalation", Type::Bool),
        ("procMount", Type::Text),
        ("seccompProfile", Type::Any),
        ("appArmorProfile", Type::Any),
    ],
};

const POD_SECURITY: Struct = Struct {
    name: "PodSecurityContext",
    fields: &[
        ("seLinuxOptions", Type::Any),
        ("windowsOptions", Type::Any),
        ("runAsUser", Type::Int64),
        ("runAsGroup", Type::Int64),
        ("runAsNonRoot", Type::Bool),
        (
            "supplementalGroups",
            Type::List(&Type::Int64, Merge::Atomic),
        ),
        ("supplementalGroupsPolicy", Type::Text),
        ("fsGroup", Type::Int64),
        ("sysctls", Type::List(&Type::Any, Merge::Atomic)),
        ("fsGroupChangePolicy", Type::Text),
        ("seccompProfile", Type::Any),
        ("appArmorProfile", Type::Any),
        ("seLinuxChangePolicy", Type::Text),
    ],
};

const AFFINITY: Struct = Struct {
    name: "Affinity",
    fields: &[
        ("nodeAffinity", Type::Any),
        ("podAffinity", Type::Any),
        ("podAntiAffinity", Type::Any),
    ],
};

const TOLERATION: Struct = Struct {
    name: "Toleration",
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Text),
        ("value", Type::Text),
        ("effect", Type::Text),
        ("tolerationSeconds", Type::Int64),
    ],
};

const SPREAD: Struct = Struct {
    name: "TopologySpreadConstraint",
    fields: &[
        ("maxSkew", Type::Int32),
        ("topologyKey", Type::Text),
        ("whenUnsatisfiable", Type::Text),
        ("labelSelector", Type::Struct(&SELECTOR)),
        ("minDomains", Type::Int32),
        ("nodeAffinityPolicy", Type::Text),
        ("nodeTaintsPolicy", Type::Text),
        ("matchLabelKeys", TEXTS),
    ],
};

const VOLUME: Struct = Struct {
    name: "Volume",
    fields: &[
        ("name", Type::Text),
        ("persistentVolumeClaim", Type::Struct(&CLAIM_SOURCE)),
        ("emptyDir", Type::Struct(&EMPTY_DIR)),
        ("hostPath", Type::Any),
        ("configMap", Type::Any),
        ("secret", Type::Any),
        ("projected", Type::Any),
        ("downwardAPI", Type::Any),
        ("ephemeral", Type::Any),
        ("csi", Type::Any),
        ("image", Type::Any),
        ("nfs", Type::Any),
        ("iscsi", Type::Any),
        ("fc", Type::Any),
        ("cephfs", Type::Any),
        ("rbd", Type::Any),
        ("glusterfs", Type::Any),
        ("cinder", Type::Any),
        ("flexVolume", Type::Any),
        ("flocker", Type::Any),
        ("gitRepo", Type::Any),
        ("awsElasticBlockStore", Type::Any),
        ("azureDisk", Type::Any),
        ("azureFile", Type::Any),
        ("gcePersistentDisk", Type::Any),
        ("photonPersistentDisk", Type::Any),
        ("portworxVolume", Type::Any),
        ("quobyte", Type::Any),
        ("scaleIO", Type::Any),
        ("storageos", Type::Any),
        ("vsphereVolume", Type::Any),
    ],
};

const CLAIM_SOURCE: Struct = Struct {
    name: "PersistentVolumeClaimVolumeSource",
    fields: &[("claimName", Type::Text), ("readOnly", Type::Bool)],
};

const EMPTY_DIR: Struct = Struct {
    name: "EmptyDirVolumeSource",
    fields: &[("medium", Type::Text), ("sizeLimit", Type::Quantity)],
};

const STATUS: Struct = Struct {
    name: "PodStatus",
    fields: &[
        ("observedGeneration", Type::Int64),
        ("phase", Type::Text),
        ("conditions", CONDITIONS),
        ("message", Type::Text),
        ("reason", Type::Text),
        ("nominatedNodeName", Type::Text),
        ("hostIP", Type::Text),
        ("hostIPs", Type::List(&Type::Any, Merge::Atomic)),
        ("podIP", Type::Text),
        ("podIPs", Type::List(&Type::Any, Merge::Key("ip"))),
        ("startTime", Type::Text),
        (
            "initContainerStatuses",
            Type::List(&Type::Any, Merge::Atomic),
        ),
        ("containerStatuses", Type::List(&Type::Any, Merge::Atomic)),
        ("ephemeralContainerStatuses", Type::Any),
        ("qosClass", Type::Text),
        ("resize", Type::Text),
        ("resourceClaimStatuses", Type::Any),
        ("extendedResourceClaimStatus", Type::Any),
        ("allocatedResources", Type::Quantities),
        ("resources", Type::Any),
    ],
};
