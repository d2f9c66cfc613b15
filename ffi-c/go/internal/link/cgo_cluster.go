//go:build statefulset_cgo

package link

/*
#include "call.h"
*/
import "C"

import (
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// Cluster is an sts_cluster. Its methods are the functions whose names begin with sts_cluster_.
type Cluster struct {
	handle C.sts_cluster
}

// NewCluster is sts_cluster_new_of(). It is nil where the report has a failure.
func NewCluster(of *abi.Profile, apiVersion, kind, plural string, to *abi.Report) *Cluster {
	c := new(Cluster)
	if C.call_cluster_new_of(profile(of), apiVersion, kind, plural, &c.handle, report(to)) != C.STS_CODE_OK {
		return nil
	}
	return c
}

func (c *Cluster) Free() abi.Code {
	return abi.Code(C.sts_cluster_free(c.handle))
}

func (c *Cluster) Apply(kind uint32, json string, to *abi.Report) abi.Code {
	return abi.Code(C.call_apply(c.handle, C.uint32_t(kind), json, report(to)))
}

func (c *Cluster) Remove(kind uint32, object, uid string, to *abi.Report) abi.Code {
	return abi.Code(C.call_remove(c.handle, C.uint32_t(kind), object, uid, report(to)))
}

func (c *Cluster) BeginList(kind uint32, to *abi.Report) abi.Code {
	return abi.Code(C.sts_cluster_begin_list(c.handle, C.uint32_t(kind), report(to)))
}

func (c *Cluster) EndList(kind uint32, version string, to *abi.Report) abi.Code {
	return abi.Code(C.call_end_list(c.handle, C.uint32_t(kind), version, report(to)))
}

func (c *Cluster) Bookmark(kind uint32, version string, to *abi.Report) abi.Code {
	return abi.Code(C.call_bookmark(c.handle, C.uint32_t(kind), version, report(to)))
}

func (c *Cluster) Watch(event string, to *abi.Report) abi.Code {
	return abi.Code(C.call_watch(c.handle, event, report(to)))
}

func (c *Cluster) Due(now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.sts_cluster_due(c.handle, C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) TakeDue(now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.sts_cluster_take_due(c.handle, C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) Awaited(out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.sts_cluster_awaited(c.handle, text, room, report(to)))
}

func (c *Cluster) Plan(set string, now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_cluster_plan(c.handle, set, C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) Explain(set string, now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_cluster_explain(c.handle, set, C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) Diagnose(set, evidence string, now, patience int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_diagnose(c.handle, set, evidence, C.int64_t(now), C.int64_t(patience), text, room, report(to)))
}

func (c *Cluster) Upgrade(set string, before, after uint32, now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_upgrade(c.handle, set, C.uint32_t(before), C.uint32_t(after), C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) MayTry(set string, plan abi.PlanID, index uint64, outcomes string, to *abi.Report) abi.Code {
	return abi.Code(C.call_may_try(c.handle, set, planID(plan), C.uint64_t(index), outcomes, report(to)))
}

func (c *Cluster) Finish(set string, plan abi.PlanID, outcomes string, now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_finish(c.handle, set, planID(plan), outcomes, C.int64_t(now), text, room, report(to)))
}

func (c *Cluster) Settle(set string, plan abi.PlanID, outcomes string, now int64, to *abi.Report) abi.Code {
	return abi.Code(C.call_settle(c.handle, set, planID(plan), outcomes, C.int64_t(now), report(to)))
}

func planID(plan abi.PlanID) C.sts_plan_id {
	return *(*C.sts_plan_id)(unsafe.Pointer(&plan))
}

// Causes is sts_causes().
func Causes(out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.sts_causes(text, room, report(to)))
}

// Reconcile is sts_reconcile().
func Reconcile(of *abi.Profile, set string, kinds uint32, objects string, now int64, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_reconcile(profile(of), set, C.uint32_t(kinds), objects, C.int64_t(now), text, room, report(to)))
}

// Normalize is sts_normalize().
func Normalize(of *abi.Profile, set string, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_normalize(profile(of), set, text, room, report(to)))
}

// Validate is sts_validate().
func Validate(of *abi.Profile, set string, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_validate(profile(of), set, text, room, report(to)))
}

// ValidateUpdate is sts_validate_update().
func ValidateUpdate(of *abi.Profile, old, set string, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_validate_update(profile(of), old, set, text, room, report(to)))
}
