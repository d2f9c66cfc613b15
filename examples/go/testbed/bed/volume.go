package bed

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// Provisioner is the name under which a StorageClass asks the bed for volumes. There is nothing behind them.
const Provisioner = "simulate/disk"

// The annotations by which the binder and a provisioner understand each other.
const (
	wantsProvisioner = "volume.kubernetes.io/storage-provisioner"
	provisionedBy    = "pv.kubernetes.io/provisioned-by"
)

// provision makes volumes for the claims that ask for them, and takes away those that nobody claims any more.
func (p *Plane) provision(ctx context.Context) {
	factory := informers.NewSharedInformerFactory(p.Client, 0)
	classes := factory.Storage().V1().StorageClasses().Lister()
	seen := func(object any) {
		switch object := object.(type) {
		case *corev1.PersistentVolumeClaim:
			if object.Annotations[wantsProvisioner] != Provisioner || object.Spec.VolumeName != "" || object.DeletionTimestamp != nil {
				return
			}
			if class, err := classes.Get(*object.Spec.StorageClassName); err == nil {
				_, _ = p.Client.CoreV1().PersistentVolumes().Create(ctx, volumeFor(object, class), metav1.CreateOptions{})
			}
		case *corev1.PersistentVolume:
			if object.Annotations[provisionedBy] == Provisioner && object.Status.Phase == corev1.VolumeReleased &&
				object.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimDelete && object.DeletionTimestamp == nil {
				_ = p.Client.CoreV1().PersistentVolumes().Delete(ctx, object.Name, metav1.DeleteOptions{})
			}
		}
	}
	handler := cache.ResourceEventHandlerFuncs{AddFunc: seen, UpdateFunc: func(_, object any) { seen(object) }}
	_, _ = factory.Core().V1().PersistentVolumeClaims().Informer().AddEventHandler(handler)
	_, _ = factory.Core().V1().PersistentVolumes().Informer().AddEventHandler(handler)
	factory.Start(ctx.Done())
	<-ctx.Done()
}

func volumeFor(claim *corev1.PersistentVolumeClaim, class *storagev1.StorageClass) *corev1.PersistentVolume {
	name := "pvc-" + string(claim.UID)
	kind := corev1.HostPathDirectoryOrCreate
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: Provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage]},
			AccessModes:                   claim.Spec.AccessModes,
			VolumeMode:                    claim.Spec.VolumeMode,
			StorageClassName:              class.Name,
			PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			ClaimRef: &corev1.ObjectReference{
				Kind: "PersistentVolumeClaim", APIVersion: "v1", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID, ResourceVersion: claim.ResourceVersion,
			},
			PersistentVolumeSource: corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/nowhere/" + name, Type: &kind}},
		},
	}
}

// Class makes a StorageClass whose volumes the bed makes, by default for claims that name none.
func (p *Plane) Class(name string, byDefault bool) error {
	class := &storagev1.StorageClass{ObjectMeta: metav1.ObjectMeta{Name: name}, Provisioner: Provisioner}
	if byDefault {
		class.Annotations = map[string]string{"storageclass.kubernetes.io/is-default-class": "true"}
	}
	_, err := p.Client.StorageV1().StorageClasses().Create(context.Background(), class, metav1.CreateOptions{})
	return err
}
