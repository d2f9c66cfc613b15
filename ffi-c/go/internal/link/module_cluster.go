//go:build !statefulset_cgo

package link

import (
	"sync"

	"statefulset.internal/statefulset/internal/abi"
)

// Cluster is an sts_cluster. Its methods are the functions whose names begin with sts_cluster_. It lives in an instance
// of its own, which only one goroutine can use at a time.
type Cluster struct {
	sync.Mutex
	// Nil once it is freed.
	instance *instance
	id       uint64
}

// NewCluster is sts_cluster_new_of(). It is nil where the report has a failure.
func NewCluster(of *abi.Profile, apiVersion, kind, plural string, report *abi.Report) *Cluster {
	i := newInstance()
	record(i, of)
	i.text(apiVersion)
	i.text(kind)
	i.text(plural)
	var handle [1]abi.Cluster
	at := out(i, handle[:])
	if i.call("sts_cluster_new_of", report) != abi.CodeOK {
		i.close()
		return nil
	}
	get(i, at, handle[:])
	return &Cluster{instance: i, id: handle[0].ID}
}

// Free frees the cluster, and the instance with it.
func (c *Cluster) Free() abi.Code {
	c.Lock()
	defer c.Unlock()
	if c.instance == nil {
		return abi.CodeNoSuchCluster
	}
	c.instance.forget()
	c.instance.number(c.id)
	code := abi.Code(c.instance.run("sts_cluster_free"))
	c.instance.close()
	c.instance = nil
	return code
}

// with makes a call that says nothing but what is in its report.
func (c *Cluster) with(report *abi.Report, call func(i *instance) abi.Code) abi.Code {
	c.Lock()
	defer c.Unlock()
	if c.instance == nil {
		*report = abi.Report{Code: abi.CodeNoSuchCluster}
		return report.Code
	}
	c.instance.forget()
	c.instance.number(c.id)
	return call(c.instance)
}

func (c *Cluster) Apply(kind uint32, json string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(kind))
		i.text(json)
		return i.call("sts_cluster_apply", report)
	})
}

func (c *Cluster) Remove(kind uint32, object, uid string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(kind))
		i.text(object)
		i.text(uid)
		return i.call("sts_cluster_remove", report)
	})
}

func (c *Cluster) BeginList(kind uint32, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(kind))
		return i.call("sts_cluster_begin_list", report)
	})
}

func (c *Cluster) EndList(kind uint32, version string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(kind))
		i.text(version)
		return i.call("sts_cluster_end_list", report)
	})
}

func (c *Cluster) Bookmark(kind uint32, version string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(kind))
		i.text(version)
		return i.call("sts_cluster_bookmark", report)
	})
}

func (c *Cluster) Watch(event string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(event)
		return i.call("sts_cluster_watch", report)
	})
}

func (c *Cluster) Due(now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(now))
		return i.write("sts_cluster_due", to, report)
	})
}

func (c *Cluster) TakeDue(now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.number(uint64(now))
		return i.write("sts_cluster_take_due", to, report)
	})
}

func (c *Cluster) Awaited(to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		return i.write("sts_cluster_awaited", to, report)
	})
}

func (c *Cluster) Plan(set string, now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		i.number(uint64(now))
		return i.write("sts_cluster_plan", to, report)
	})
}

func (c *Cluster) Explain(set string, now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		i.number(uint64(now))
		return i.write("sts_cluster_explain", to, report)
	})
}

func (c *Cluster) Diagnose(set, evidence string, now, patience int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		i.text(evidence)
		i.number(uint64(now))
		i.number(uint64(patience))
		return i.write("sts_cluster_diagnose", to, report)
	})
}

func (c *Cluster) Upgrade(set string, before, after uint32, now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		i.number(uint64(before))
		i.number(uint64(after))
		i.number(uint64(now))
		return i.write("sts_cluster_upgrade", to, report)
	})
}

func (c *Cluster) MayTry(set string, plan abi.PlanID, index uint64, outcomes string, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		record(i, &plan)
		i.number(index)
		i.text(outcomes)
		return i.call("sts_cluster_may_try", report)
	})
}

func (c *Cluster) Finish(set string, plan abi.PlanID, outcomes string, now int64, to []byte, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		record(i, &plan)
		i.text(outcomes)
		i.number(uint64(now))
		return i.write("sts_cluster_finish", to, report)
	})
}

func (c *Cluster) Settle(set string, plan abi.PlanID, outcomes string, now int64, report *abi.Report) abi.Code {
	return c.with(report, func(i *instance) abi.Code {
		i.text(set)
		record(i, &plan)
		i.text(outcomes)
		i.number(uint64(now))
		return i.call("sts_cluster_settle", report)
	})
}
