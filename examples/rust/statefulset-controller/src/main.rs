//! The program.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use statefulset::{PolicySource, Profile, Version};
use statefulset_controller::{Options, run, version};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};
use tracing_subscriber::EnvFilter;

/// Controls the StatefulSets of one namespace, as Kubernetes' own controller would.
///
/// Two controllers must not look at the same sets: switch the built-in one off, as with
/// kube-controller-manager --controllers=*,-statefulset-controller.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The namespace whose sets are looked at [default: that of the kubeconfig, or the pod's own]
    #[arg(short, long)]
    namespace: Option<String>,
    /// Who else is there
    #[arg(long, value_enum, default_value = "upstream")]
    profile: Named,
    /// Where sets say what they ask for beyond Kubernetes
    #[arg(long, value_enum, default_value = "none")]
    policies: Policies,
    /// Decide as this version of Kubernetes does, such as 1.33 [default: the one that the API server has]
    #[arg(long, value_name = "VERSION")]
    kubernetes: Option<Version>,
    /// How to reach the cluster [default: $KUBECONFIG, ~/.kube/config, or the pod's own service account]
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// How the log is written
    #[arg(long, value_enum, default_value = "text")]
    log_format: Format,
    /// What is logged, such as debug, or statefulset_controller=debug,warn
    #[arg(long, value_name = "FILTER", default_value = "info")]
    log: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Named {
    /// Kubernetes' other controllers
    Upstream,
    /// Nobody: claims are bound, nodes emptied and their pods replaced by this one
    Standalone,
}

#[derive(Clone, Copy, ValueEnum)]
enum Policies {
    /// Nowhere: they ask for nothing
    None,
    /// In their annotation statefulset.dev/policies
    Annotations,
    /// In the same, and sets with one value of the label rollout-group are a group
    Zones,
    /// In the annotations of PingCAP's advanced StatefulSet
    Pingcap,
}

impl Policies {
    const fn source(self) -> PolicySource {
        match self {
            Self::None => PolicySource::Resource,
            Self::Annotations => PolicySource::Annotations,
            Self::Zones => PolicySource::Zones,
            Self::Pingcap => PolicySource::PingCap,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One object a line
    Json,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match start(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            error!("{why}");
            ExitCode::FAILURE
        }
    }
}

async fn start(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_new(&arguments.log)?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    match arguments.log_format {
        Format::Text => log.init(),
        Format::Json => log.json().init(),
    }
    let config = match &arguments.kubeconfig {
        Some(path) => {
            let file = Kubeconfig::read_from(path)?;
            Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await?
        }
        None => Config::infer().await?,
    };
    let client = Client::try_from(config)?;
    let kubernetes = match arguments.kubernetes {
        Some(version) => {
            info!(%version, "decides as --kubernetes says");
            version
        }
        None => version::of_server(&client).await?,
    };
    let profile = match arguments.profile {
        Named::Upstream => Profile::UPSTREAM,
        Named::Standalone => Profile::STANDALONE,
    };
    let options = Options {
        namespace: arguments
            .namespace
            .clone()
            .unwrap_or_else(|| client.default_namespace().to_owned()),
        profile: Profile {
            policies: arguments.policies.source(),
            ..profile.following(kubernetes)
        },
    };
    let stop = CancellationToken::new();
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let asked = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        info!("asked to stop");
        asked.cancel();
    });
    run(client, &options, &stop).await;
    Ok(())
}
