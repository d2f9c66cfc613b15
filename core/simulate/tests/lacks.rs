//! What pods lack: settings, permission to be there, a network, a volume; and what kubectl shows of it.

use std::io;

use statefulset_simulate::kubectl::Kubectl;
use statefulset_simulate::{Options, World};

/// What the commands print, one after the other.
fn told(world: &mut World, commands: &[&str]) -> String {
    let mut none = |_: &str| Err(io::ErrorKind::NotFound.into());
    let mut kubectl = Kubectl::new(&mut none);
    let run = |command: &&str| kubectl.run(world, command).text;
    commands.iter().map(run).collect()
}

fn pod(spec: &str) -> String {
    let object =
        format!(r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"a"}},"spec":{spec}}}"#);
    format!("echo '{object}' | kubectl create -f -")
}

#[test]
fn programs_say_when_they_start_and_how_they_end() {
    let mut world = World::new(Options::default());
    let bad = r#"{"containers":[{"name":"main","image":"tool:1","command":["sh","-c","exit 3"]}]}"#;
    told(
        &mut world,
        &["run web --image=nginx", &pod(bad), "advance 5m"],
    );
    for (command, expected) in [
        (
            "logs web",
            "2026-01-01T00:00:01Z simulated program of nginx starts\n",
        ),
        (
            "logs pod/a -c main --tail=1",
            "2026-01-01T00:02:32Z simulated program of tool:1 ends with exit code 3\n",
        ),
        (
            "logs web --previous",
            "Error from server (BadRequest): previous terminated container \"web\" in pod \"web\" not found\n",
        ),
        (
            "logs web -c proxy",
            "Error from server (BadRequest): container proxy is not valid for pod web\n",
        ),
        (
            "logs -f web",
            "error: --follow is not possible here: time passes only with a command such as `advance 1m`; ask again after it\n",
        ),
        (
            "logs nobody",
            "error: error from server (NotFound): pods \"nobody\" not found in namespace \"default\"\n",
        ),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
}

#[test]
fn a_container_waits_for_its_settings() {
    let mut world = World::new(Options::default());
    let env = r#"[{"name":"P","valueFrom":{"secretKeyRef":{"name":"s","key":"p"}}}]"#;
    let spec = format!(r#"{{"containers":[{{"name":"main","image":"x","env":{env}}}]}}"#);
    told(&mut world, &[&pod(&spec), "advance 1m"]);
    let why = "get po a -o jsonpath={.status.containerStatuses[0].state.waiting.message}";
    for (command, expected) in [
        (why, "secret \"s\" not found\n"),
        (
            "logs a",
            "Error from server (BadRequest): container \"main\" in pod \"a\" is waiting to start: CreateContainerConfigError\n",
        ),
        (
            "create secret generic s --from-literal=q=1",
            "secret/s created\n",
        ),
        ("advance 1m", ""),
        (why, "couldn't find key p in Secret default/s\n"),
        (
            r#"patch secret s -p '{"stringData":{"p":"2"}}'"#,
            "secret/s patched\n",
        ),
        ("get secret s -o jsonpath={.data.p}", "Mg==\n"),
        ("settle", "settled after 2s\n"),
        ("get po a -o jsonpath={.status.phase}", "Running\n"),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
}

#[test]
fn what_is_not_allowed_is_refused_in_the_api_servers_words() {
    let mut world = World::new(Options::default());
    let plain = r#"{"containers":[{"name":"main","image":"x"}]}"#;
    for (command, expected) in [
        (
            "create quota tight --hard=pods=0,requests.cpu=1",
            "resourcequota/tight created\n",
        ),
        (
            &*pod(plain),
            "Error from server (Forbidden): error when creating \"STDIN\": pods \"a\" is forbidden: failed quota: tight: must specify \
             requests.cpu for: main\n",
        ),
        (
            r#"patch quota tight --type=merge -p '{"spec":{"hard":{"requests.cpu":null}}}'"#,
            "resourcequota/tight patched\n",
        ),
        (
            &*pod(plain),
            "Error from server (Forbidden): error when creating \"STDIN\": pods \"a\" is forbidden: exceeded quota: tight, requested: \
             pods=1, used: pods=0, limited: pods=0\n",
        ),
        (
            "get quota --no-headers -o custom-columns=USED:.status.used.pods",
            "0\n",
        ),
        (
            "delete quota tight",
            "resourcequota \"tight\" deleted from default namespace\n",
        ),
        (
            "label namespace default pod-security.kubernetes.io/enforce=baseline",
            "namespace/default labeled\n",
        ),
        (
            &*pod(r#"{"hostNetwork":true,"containers":[{"name":"main","image":"x"}]}"#),
            "Error from server (Forbidden): error when creating \"STDIN\": pods \"a\" is forbidden: violates PodSecurity \
             \"baseline:latest\": host namespaces (hostNetwork=true)\n",
        ),
        (
            &*pod(r#"{"serviceAccountName":"me","containers":[{"name":"main","image":"x"}]}"#),
            "Error from server (Forbidden): error when creating \"STDIN\": pods \"a\" is forbidden: error looking up service account default/me: serviceaccount \"me\" not found\n",
        ),
        (&*pod(plain), "pod/a created\n"),
        (
            "delete namespace default",
            "Error from server (Forbidden): namespaces \"default\" is forbidden: this namespace may not be deleted\n",
        ),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
}

#[test]
fn a_node_that_lacks_something_says_so_or_not() {
    let mut world = World::new(Options::default());
    let ready = "get node node-1 -o jsonpath={.status.conditions[3].status}";
    for (command, expected) in [
        (
            "fail node node-1 plugin",
            "node \"node-1\" without a network plugin\n",
        ),
        (ready, "True\n"),
        (
            "fail node node-1 runtime",
            "node \"node-1\" without a container runtime\n",
        ),
        (ready, "False\n"),
        // Nobody hears of more than that it is silent.
        ("fail node node-1 network", "node \"node-1\" cut off\n"),
        (
            "fail node node-1 runtime",
            "node \"node-1\" without a container runtime\n",
        ),
        ("advance 1m", ""),
        (ready, "Unknown\n"),
        ("restore node node-1", "node \"node-1\" restored\n"),
        (ready, "True\n"),
        (
            "break volume nothing",
            "Error from server (NotFound): persistentvolumes \"nothing\" not found\n",
        ),
        ("fail controller", "controller stopped\n"),
        ("restore controller", "controller started\n"),
    ] {
        assert_eq!(told(&mut world, &[command]), expected, "{command}");
    }
}
