//! What the API server does to an object before it stores it: decoding, defaults, validation.
//!
//! It sees the objects that are stored, and knows nothing of the store that asks it: values alone are imported.

mod account;
mod address;
mod budget;
mod claim;
mod class;
mod configuration;
mod definition;
mod faults;
mod label_keys;
mod limit_range;
mod metadata;
mod name;
mod namespace;
mod pod;
mod priority;
mod quantities;
mod quota;
mod revision;
mod runtime_class;
mod security;
mod service;
mod stateful_set;
mod template;
mod volume;
mod warnings;
mod webhook;
mod workload;

use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;
use crate::values::rng::Rng;
use crate::values::schema;
use statefulset::{PolicySource, Version};

use faults::Faults;

pub(crate) use warnings::warnings;

/// Feature gates that decide what is accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Gates {
    /// `StatefulSetRecreateStrategy`
    pub(crate) recreate: bool,
    /// Where sets say what they ask for beyond Kubernetes.
    pub(crate) policies: PolicySource,
}

/// What decides about an object, besides the object itself.
#[derive(Debug)]
pub(crate) struct Admission<'a> {
    /// What is stored already.
    pub(crate) objects: &'a Objects,
    pub(crate) gates: Gates,
    /// Where addresses are drawn from.
    pub(crate) rng: &'a mut Rng,
}

/// What arrives, before anything else.
pub(crate) fn decode(kind: Kind, object: &mut Object) -> Result<(), ApiError> {
    schema::decode(kind, object)
}

/// What a kind's objects have where nobody says anything else.
pub(crate) fn default(kind: Kind, object: &mut Object) {
    match kind {
        Kind::StatefulSet => stateful_set::default(object),
        Kind::Pod => pod::default(object),
        Kind::PersistentVolumeClaim => claim::default(object),
        Kind::PersistentVolume => volume::default(object),
        Kind::StorageClass => class::default(object),
        Kind::Service => service::default(object),
        Kind::LimitRange => limit_range::default(object),
        Kind::CustomResourceDefinition => definition::default(object),
        Kind::AtRest(_) => workload::default(kind, object),
        Kind::Secret => configuration::prepare_secret(object),
        _ => {}
    }
}

impl Admission<'_> {
    /// Before creation.
    pub(crate) fn prepare_create(
        &mut self,
        kind: Kind,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        quantities::canonical(schema::of(kind), object);
        match kind {
            Kind::StatefulSet => stateful_set::prepare_create(object),
            Kind::Pod => {
                pod::default(object);
                limit_range::apply(self.objects, object);
                runtime_class::apply(self.objects, object)?;
                pod::prepare_create(object);
            }
            Kind::LimitRange => limit_range::default(object),
            Kind::CustomResourceDefinition => definition::prepare_create(object),
            Kind::AtRest(_) => workload::default(kind, object),
            Kind::PersistentVolumeClaim => claim::prepare_create(self.objects, object),
            Kind::PersistentVolume => volume::prepare_create(object),
            Kind::StorageClass => class::default(object),
            Kind::Service => service::prepare_create(object),
            Kind::Namespace => namespace::prepare_create(object),
            Kind::PodDisruptionBudget => {
                object.take_away("/status");
            }
            Kind::Secret => configuration::prepare_secret(object),
            _ => {}
        }
        let mut faults = Faults::default();
        metadata::validate(kind, object, &mut faults);
        match kind {
            Kind::StatefulSet => stateful_set::validate(self.gates, object, &mut faults),
            Kind::Pod => pod::validate(object, &mut faults),
            Kind::PersistentVolumeClaim => claim::validate(object, &mut faults),
            Kind::PersistentVolume => volume::validate(object, &mut faults),
            Kind::StorageClass => class::validate(object, &mut faults),
            Kind::Service => service::validate(object, &mut faults),
            Kind::ControllerRevision => revision::validate(object, &mut faults),
            Kind::PodDisruptionBudget => budget::validate(object, &mut faults),
            Kind::Secret => configuration::validate_secret(object, &mut faults),
            Kind::LimitRange => limit_range::validate(object, &mut faults),
            Kind::RuntimeClass => runtime_class::validate(object, &mut faults),
            Kind::CustomResourceDefinition => definition::validate(object, &mut faults),
            Kind::AtRest(_) => workload::validate(kind, object, &mut faults),
            _ => {}
        }
        faults.refuse(kind, object.name())?;
        webhook::admit(self.objects, kind, object)?;
        namespace::admit(self.objects, kind, object)?;
        match kind {
            Kind::Pod => {
                priority::admit(self.objects, object)?;
                account::admit(self.objects, object)?;
                security::admit(self.objects, object)?;
                limit_range::admit(self.objects, kind, object)?;
            }
            Kind::PersistentVolumeClaim => limit_range::admit(self.objects, kind, object)?,
            // Last, so that a refused service takes no address.
            Kind::Service => address::allocate(self.objects, self.rng, object)?,
            _ => {}
        }
        quota::admit(self.objects, kind, None, object)
    }

    /// Before an update of metadata and spec.
    pub(crate) fn prepare_update(
        &mut self,
        kind: Kind,
        old: &Object,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        quantities::canonical(schema::of(kind), object);
        if kind == Kind::Service {
            service::prepare_update(old, object);
        } else {
            default(kind, object);
        }
        let mut faults = Faults::default();
        metadata::validate_update(kind, old, object, &mut faults);
        match kind {
            Kind::StatefulSet => {
                stateful_set::validate_update(self.gates, old, object, &mut faults);
            }
            Kind::Pod => pod::validate_update(old, object, &mut faults),
            Kind::PersistentVolumeClaim => claim::validate_update(old, object, &mut faults),
            Kind::PersistentVolume => volume::validate_update(old, object, &mut faults),
            Kind::StorageClass => class::validate_update(old, object, &mut faults),
            Kind::Service => service::validate_update(old, object, &mut faults),
            Kind::ControllerRevision => revision::validate_update(old, object, &mut faults),
            Kind::PodDisruptionBudget => budget::validate(object, &mut faults),
            Kind::Secret => {
                configuration::validate_secret(object, &mut faults);
                configuration::validate_update(old, object, &mut faults);
            }
            Kind::ConfigMap => configuration::validate_update(old, object, &mut faults),
            Kind::LimitRange => limit_range::validate(object, &mut faults),
            Kind::RuntimeClass => runtime_class::validate_update(old, object, &mut faults),
            Kind::CustomResourceDefinition => {
                definition::validate_update(old, object, &mut faults);
            }
            Kind::AtRest(_) => workload::validate(kind, object, &mut faults),
            _ => {}
        }
        faults.refuse(kind, object.name())?;
        match kind {
            Kind::Service => address::allocate(self.objects, self.rng, object),
            Kind::PersistentVolumeClaim => claim::may_grow(self.objects, old, object),
            _ => Ok(()),
        }
    }

    /// Before a pod gets other resources.
    pub(crate) fn prepare_resize(
        &mut self,
        old: &Object,
        pod: &mut Object,
        version: Version,
    ) -> Result<(), ApiError> {
        let kind = Kind::Pod;
        quantities::canonical(schema::of(kind), pod);
        default(kind, pod);
        limit_range::apply(self.objects, pod);
        pod::resize::keep_the_rest(old, pod, version);
        let mut faults = Faults::default();
        pod::validate_spec(pod, &mut faults);
        pod::resize::validate(old, pod, version, &mut faults);
        faults.refuse(kind, pod.name())?;
        limit_range::admit(self.objects, kind, pod)?;
        pod::resize::admit(self.objects, pod, version)?;
        quota::admit(self.objects, kind, Some(old), pod)
    }
}

/// Before an update of the status.
pub(crate) fn prepare_status(kind: Kind, old: &Object, object: &Object) -> Result<(), ApiError> {
    let mut faults = Faults::default();
    if kind == Kind::StatefulSet {
        stateful_set::validate_status(old, object, &mut faults);
    }
    faults.refuse(kind, object.name())
}
