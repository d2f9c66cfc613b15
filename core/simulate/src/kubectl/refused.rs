//! What kubectl has and this cluster has not, and what to do instead.

use super::format::GO_TEMPLATES;

/// A verb of kubectl's that is not done, and why.
const VERBS: &[(&str, &str)] = &[
    ("alpha", "there is nothing of kubectl's alpha commands here"),
    (
        "api-resources",
        "the kinds that there are here stand in `help get`",
    ),
    ("api-versions", "there is one version of each kind here"),
    (
        "attach",
        "nobody is there to type: use `kubectl exec POD -- PROGRAM` or `kubectl logs POD`",
    ),
    ("auth", "everybody may do everything here"),
    (
        "autoscale",
        "nothing measures load here: use `kubectl scale`",
    ),
    ("certificate", "there are no certificates here"),
    (
        "cluster-info",
        "the cluster is in memory and has no address",
    ),
    (
        "completion",
        "the shell of `sts shell` completes by itself, and `sts completion SHELL` prints a script for `sts`",
    ),
    (
        "config",
        "there is one cluster here and no configuration: name a namespace with -n",
    ),
    ("cp", "write files with `kubectl exec POD -- touch FILE`"),
    (
        "debug",
        "there are no debugging containers here: use `kubectl exec`, `kubectl describe` or `explain sts/NAME`",
    ),
    ("kuberc", "there is one cluster here and no configuration"),
    (
        "kustomize",
        "write the objects to a file, as `kubectl kustomize FOLDER` prints them, and name that with -f",
    ),
    ("options", "see `help`"),
    ("plugin", "there are no plugins here"),
    (
        "port-forward",
        "containers answer nobody here: use `nslookup NAME` or `kubectl exec`",
    ),
    ("proxy", "there is no HTTP here"),
    (
        "top",
        "nothing measures load here: `kubectl describe node NAME` shows what pods request",
    ),
    ("version", "the cluster does what Kubernetes 1.37 does"),
];

/// A subcommand of kubectl's that is not done.
const SUBCOMMANDS: &[(&str, &str, &str)] = &[
    ("create", "clusterrole", "everybody may do everything here"),
    (
        "create",
        "clusterrolebinding",
        "everybody may do everything here",
    ),
    ("create", "role", "everybody may do everything here"),
    ("create", "rolebinding", "everybody may do everything here"),
    ("create", "cronjob", "use `kubectl apply -f FILE`"),
    ("create", "deployment", "use `kubectl apply -f FILE`"),
    ("create", "ingress", "use `kubectl apply -f FILE`"),
    ("create", "job", "use `kubectl apply -f FILE`"),
    ("create", "token", "nobody asks for tokens here"),
    (
        "create secret",
        "docker-registry",
        "use `kubectl create secret generic NAME --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE`",
    ),
    (
        "create secret",
        "tls",
        "use `kubectl create secret generic NAME --type=kubernetes.io/tls --from-file=tls.crt=FILE --from-file=tls.key=FILE`",
    ),
    (
        "create service",
        "externalname",
        "use `kubectl apply -f FILE`",
    ),
    (
        "create service",
        "loadbalancer",
        "use `kubectl apply -f FILE`",
    ),
    ("create service", "nodeport", "use `kubectl apply -f FILE`"),
    ("set", "subject", "everybody may do everything here"),
    ("apply", "edit-last-applied", "use `kubectl apply -f FILE`"),
    ("apply", "set-last-applied", "use `kubectl apply -f FILE`"),
];

/// kubectl's flags that are not done: the flag, its letter, the commands that have it (all where there is none), and why.
const FLAGS: &[(&str, &str, &[&str], &str)] = &[
    (
        "--kustomize",
        "-k",
        &[],
        "write the objects to a file, as `kubectl kustomize FOLDER` prints them, and name that with -f",
    ),
    ("--recursive", "-R", &[], "name each folder with -f"),
    ("--template", "", &[], GO_TEMPLATES),
    (
        "--allow-missing-template-keys",
        "",
        &[],
        "what a path does not find is left out",
    ),
    ("--raw", "", &[], "there is no HTTP here"),
    ("--local", "", &[], "use --dry-run=client"),
    (
        "--windows-line-endings",
        "",
        &[],
        "lines end as everywhere here",
    ),
    (
        "--subresource",
        "",
        &["get", "edit", "replace", "apply"],
        "use `kubectl patch KIND NAME --subresource=status -p PATCH`",
    ),
    (
        "--validate",
        "",
        &[],
        "files are always read as with --validate=strict",
    ),
    (
        "--openapi-patch",
        "",
        &["apply"],
        "lists are always merged as their kind says",
    ),
    (
        "--prune",
        "",
        &[],
        "name what is to go: `kubectl delete KIND NAME`",
    ),
    (
        "--prune-allowlist",
        "",
        &[],
        "name what is to go: `kubectl delete KIND NAME`",
    ),
    (
        "--overwrite",
        "",
        &["apply"],
        "what stands in the file always wins",
    ),
    (
        "--force",
        "",
        &["apply"],
        "use `kubectl replace --force -f FILE`",
    ),
    (
        "--grace-period",
        "",
        &["apply"],
        "use `kubectl replace --force -f FILE`",
    ),
    (
        "--cascade",
        "",
        &["apply", "replace", "run"],
        "use `kubectl delete --cascade=…`",
    ),
    (
        "--timeout",
        "",
        &["apply", "replace", "scale", "run"],
        "use `kubectl wait --timeout=…` or `advance`",
    ),
    (
        "--wait",
        "",
        &["apply", "replace", "run"],
        "use `kubectl wait`",
    ),
    ("--all", "", &["apply"], "use -l"),
    ("--edit", "", &["create"], "use `kubectl edit` after it"),
    (
        "--append-hash",
        "",
        &["create"],
        "no hash is made of it here: write the name that you want",
    ),
    ("--output-patch", "", &["edit"], "use -o yaml"),
    (
        "--output-watch-events",
        "",
        &["get"],
        "each line is a change",
    ),
    (
        "--server-print",
        "",
        &["get"],
        "there is one way to print tables here",
    ),
    (
        "--concurrency",
        "",
        &["diff"],
        "objects are compared one after the other",
    ),
    (
        "--show-secrets",
        "",
        &["diff"],
        "what secrets hold is not shown; use `kubectl get secret NAME -o yaml`",
    ),
    (
        "--resource-version",
        "",
        &["set selector"],
        "nobody else writes while a command runs",
    ),
    (
        "--resolve",
        "",
        &["set"],
        "use `kubectl get configmap NAME -o yaml`",
    ),
    (
        "--external-ip",
        "",
        &["expose"],
        "use `kubectl apply -f FILE`",
    ),
    (
        "--load-balancer-ip",
        "",
        &["expose"],
        "use `kubectl apply -f FILE`",
    ),
    (
        "--overrides",
        "",
        &["expose", "run"],
        "use `kubectl apply -f FILE`",
    ),
    (
        "--override-type",
        "",
        &["expose", "run"],
        "use `kubectl apply -f FILE`",
    ),
    (
        "--save-config",
        "",
        &["edit", "expose", "run"],
        "use `kubectl apply -f FILE`",
    ),
    (
        "--interactive",
        "-i",
        &["delete"],
        "nobody is there to answer",
    ),
    (
        "--output",
        "-o",
        &["rollout history"],
        "use `kubectl get controllerrevisions -o yaml`",
    ),
    (
        "--revision",
        "",
        &["rollout status"],
        "the newest revision is followed",
    ),
    (
        "--output",
        "-o",
        &["events"],
        "use `kubectl get events -o yaml`",
    ),
    ("--watch", "-w", &["events"], "use `kubectl get events -w`"),
    ("--filename", "-f", &["describe", "exec"], "name the object"),
    (
        "--show-events",
        "",
        &["describe"],
        "events are always shown",
    ),
    (
        "--pod-running-timeout",
        "",
        &[],
        "use `kubectl wait --for=condition=Ready pod/NAME`",
    ),
    (
        "--all-containers",
        "",
        &["logs"],
        "name one container with -c",
    ),
    ("--all-pods", "", &["logs"], "name one pod"),
    ("--selector", "-l", &["logs"], "name one pod"),
    (
        "--since",
        "",
        &["logs"],
        "lines have no times here: use --tail",
    ),
    (
        "--since-time",
        "",
        &["logs"],
        "lines have no times here: use --tail",
    ),
    ("--timestamps", "", &["logs"], "lines have no times here"),
    (
        "--prefix",
        "",
        &["logs"],
        "there is one container in a log here",
    ),
    (
        "--ignore-errors",
        "",
        &["logs"],
        "there is one container in a log here",
    ),
    ("--limit-bytes", "", &["logs"], "use --tail"),
    (
        "--max-log-requests",
        "",
        &["logs"],
        "there is one container in a log here",
    ),
    (
        "--insecure-skip-tls-verify-backend",
        "",
        &["logs"],
        "there is no TLS here",
    ),
    (
        "--expose",
        "",
        &["run"],
        "use `kubectl expose pod NAME --port=…` after it",
    ),
    (
        "--dry-run",
        "",
        &["drain"],
        "use `kubectl get pods -A -o wide` to see which pods a node has",
    ),
    ("--selector", "-l", &["drain", "taint"], "name the nodes"),
    ("--pod-selector", "", &["drain"], "all pods of the node go"),
    (
        "--disable-eviction",
        "",
        &["drain"],
        "use `kubectl delete pod`",
    ),
    (
        "--skip-wait-for-delete-timeout",
        "",
        &["drain"],
        "pods that are being deleted are waited for",
    ),
    ("--attach", "", &["run"], "use -it and a program after --"),
    (
        "--leave-stdin-open",
        "",
        &["run"],
        "nobody is there to type",
    ),
    ("--detach-keys", "", &["run"], "nobody is there to type"),
    (
        "--quiet",
        "-q",
        &["run", "exec"],
        "what the program prints is all that is printed",
    ),
    ("--privileged", "", &["run"], "use `kubectl apply -f FILE`"),
    (
        "--grace-period",
        "",
        &["run"],
        "use `kubectl delete --grace-period=…`",
    ),
    ("--force", "", &["run"], "use `kubectl delete --force`"),
    (
        "--filename",
        "-f",
        &["run", "wait"],
        "use `kubectl apply -f FILE` and `kubectl wait --for=… -l LABELS`",
    ),
    (
        "--output",
        "-o",
        &["wait"],
        "use `kubectl get -o …` after it",
    ),
    (
        "--all-namespaces",
        "-A",
        &["wait"],
        "name a namespace with -n",
    ),
    ("--field-selector", "", &["wait"], "use -l"),
    (
        "--show-managed-fields",
        "",
        &[],
        "use `kubectl get KIND NAME -o yaml --show-managed-fields`",
    ),
    ("--field-manager", "", &[], "it writes in its own name here"),
    ("--chunk-size", "", &[], "all objects come at once here"),
];

/// kubectl's flags that say which cluster is meant, and as whom.
const CONFIGURATION: &[&str] = &[
    "--as",
    "--as-group",
    "--as-uid",
    "--as-user-extra",
    "--cache-dir",
    "--certificate-authority",
    "--client-certificate",
    "--client-key",
    "--cluster",
    "--context",
    "--disable-compression",
    "--insecure-skip-tls-verify",
    "--kubeconfig",
    "--kuberc",
    "--log-flush-frequency",
    "--match-server-version",
    "--password",
    "--profile",
    "--profile-output",
    "--proxy-url",
    "--request-timeout",
    "--server",
    "-s",
    "--tls-server-name",
    "--token",
    "--user",
    "--username",
    "--v",
    "-v",
    "--vmodule",
    "--warnings-as-errors",
];

/// What is said where `word` follows the words of `path` and is kubectl's, but not done.
pub(super) fn word(path: &str, word: &str) -> Option<String> {
    let why = if path.is_empty() {
        VERBS.iter().find(|(verb, _)| *verb == word)?.1
    } else {
        let found = |(verb, sub, _): &&(&str, &str, &str)| *verb == path && *sub == word;
        SUBCOMMANDS.iter().find(found)?.2
    };
    let words = [path, word].join(" ");
    Some(format!("kubectl {} is not done here: {why}", words.trim()))
}

/// The same for a flag of the command with the words of `path`.
pub(super) fn flag(path: &str, flag: &str) -> Option<String> {
    let flag = flag.split('=').next().unwrap_or(flag);
    let within = |command: &&str| {
        path.strip_prefix(*command)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let found = FLAGS.iter().find(|(long, short, commands, _)| {
        (*long == flag || (!short.is_empty() && *short == flag))
            && (commands.is_empty() || commands.iter().any(within))
    });
    let why = match found {
        Some((.., why)) => why,
        None if CONFIGURATION.contains(&flag) => {
            "there is one cluster here, and no configuration to reach it: leave it out"
        }
        None => return None,
    };
    Some(format!("kubectl {path} {flag} is not done here: {why}"))
}
