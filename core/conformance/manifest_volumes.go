package conformance

// storageFields are the sources of volumes of storage systems: each as it should be, without what it needs, and with what it
// may not have.
func storageFields(volume string) []manifestField {
	var all []manifestField
	source := func(name string, known ...any) {
		all = append(all, valueFields(volume+"/"+name, append(known, object{}, nil)...))
	}
	set := func(path string, known ...any) {
		all = append(all, valueFields(volume+"/"+path, append(known, "", nil)...))
	}
	source("gitRepo", object{"repository": "a"}, object{"repository": "a", "directory": "../b"}, object{"directory": "/b"}, object{"repository": "a", "directory": "..b"}, object{"repository": "a", "directory": "a/../b"})
	for _, disk := range [][2]string{{"gcePersistentDisk", "pdName"}, {"awsElasticBlockStore", "volumeID"}} {
		source, id := disk[0], disk[1]
		all = append(all, valueFields(volume+"/"+source, object{id: "a"}, object{id: "a", "partition": -1}, object{id: "", "partition": 256}, object{id: "a", "partition": 0}, object{"partition": 255}))
	}
	source("iscsi", object{"targetPortal": "a", "iqn": "iqn.2001-04.com.example:a", "lun": 0}, object{"targetPortal": "a", "iqn": "eui.02004567A425678D", "lun": 255}, object{"iqn": "naa.52004567BA64678D52004567BA64678D", "lun": 256}, object{"targetPortal": "a", "iqn": "odd", "lun": -1})
	set("iscsi/iqn", "iqn.2001-04.com.example:a", "iqn.2001-04.com.example", "iqn.2001-04.com.example:a b", "iqn.2001-04.:a", "iqn.201-04.a:b", "iqn.2001-04.a_b:c", "iqn.2001-04.a:b,c", "iqn.2001-04.a:ä", "iqn:", "eui.02004567A425678", "eui.02004567A425678D", "eui.02004567A425678-", "eui", "naa.52004567BA64678D",
		"naa.52004567BA64678D52004567BA64678D", "naax52004567BA64678D52004567BA64678D", "Iqn.2001-04.com.example:a", "iqn.2001-04.a:", "iqn.2001-04.a:b:c", "iqn.2001-04.a\n:b", "euiä02004567A425678D")
	set("iscsi/initiatorName", "iqn.2001-04.com.example:a", "iqn.x", "eui.1", "eui.02004567A425678D", "naa.52004567BA64678D52004567BA64678D", "naa", "odd")
	set("iscsi/targetPortal", "a")
	for _, flag := range []string{"chapAuthDiscovery", "chapAuthSession"} {
		all = append(all, flagFields(volume+"/iscsi/"+flag))
	}
	source("iscsi/secretRef", object{"name": "a"})
	source("glusterfs", object{"endpoints": "a", "path": "b"}, object{"endpoints": "a"}, object{"path": "b"})
	source("flocker", object{"datasetName": "a"}, object{"datasetUUID": "a"}, object{"datasetName": "a", "datasetUUID": "b"}, object{"datasetName": "a/b"}, object{"datasetName": "a/b", "datasetUUID": "b/c"})
	source("rbd", object{"monitors": list{"a"}, "image": "b"}, object{"monitors": list{}, "image": "b"}, object{"monitors": list{""}, "image": ""}, object{"monitors": list{"a"}, "image": "b", "secretRef": object{}})
	source("cinder", object{"volumeID": "a"}, object{"volumeID": "a", "secretRef": object{}}, object{"volumeID": "a", "secretRef": object{"name": "b"}})
	source("cephfs", object{"monitors": list{"a"}}, object{"monitors": list{}}, object{"monitors": list{"a"}, "secretRef": object{}})
	source("quobyte", object{"registry": "a:1", "volume": "b"}, object{"registry": "a:1,b:2", "volume": ""}, object{"registry": "a", "volume": "b"}, object{"registry": "a:1", "volume": "b", "tenant": long63 + "a"}, object{"registry": "a,b:1:2,", "volume": "b", "tenant": long63})
	set("quobyte/registry", "[::1]:1", "::1:1", "[::1]", "[a:1", "a]:1", "a:[1", "[a]b:1", "a:", ":1", ":", "[]:1", "[[a]]:1", "a:b", "[a]:", "[a]:1:2")
	source("fc", object{"targetWWNs": list{"a"}, "lun": 0}, object{"wwids": list{"a"}}, object{"targetWWNs": list{"a"}, "wwids": list{"b"}, "lun": 256}, object{"targetWWNs": list{"a"}}, object{"targetWWNs": list{}, "wwids": list{}, "lun": -1}, object{"targetWWNs": list{"a", "b"}, "lun": -1}, object{"wwids": list{"a"}, "lun": 256})
	source("flexVolume", object{"driver": "a"}, object{"driver": "a", "options": object{"a": "b"}}, object{"driver": "a", "options": object{"kubernetes.io": "b"}}, object{"driver": "", "options": object{"A.K8s.io/x": "b", "k8s.io/y/z": ""}}, object{"driver": "a", "options": object{"xk8s.io": "b", "a/k8s.io": "c"}}, object{"driver": "a", "secretRef": object{}})
	source("azureFile", object{"secretName": "a", "shareName": "b"}, object{"secretName": "a"}, object{"shareName": "b"})
	for _, disk := range [][2]string{{"vsphereVolume", "volumePath"}, {"photonPersistentDisk", "pdID"}, {"portworxVolume", "volumeID"}} {
		source, id := disk[0], disk[1]
		all = append(all, valueFields(volume+"/"+source, object{id: "a"}, object{id: "", "fsType": "a"}, object{}))
	}
	source("azureDisk", object{"diskName": "a", "diskURI": "b"}, object{"diskName": "a", "diskURI": "https://b", "kind": "Shared"}, object{"diskName": "a", "diskURI": "/subscriptions/b", "kind": "Managed"})
	set("azureDisk/kind", "Shared", "Dedicated", "Managed", "Odd")
	set("azureDisk/cachingMode", "None", "ReadOnly", "ReadWrite", "Odd")
	set("azureDisk/diskURI", "https://b", "/subscriptions/b", "b", "a/subscriptions/")
	source("storageos", object{"volumeName": "a"}, object{"volumeName": "A", "volumeNamespace": "b"}, object{"volumeName": "a", "volumeNamespace": "B"}, object{"volumeName": "a", "secretRef": object{}}, object{"volumeName": "a", "secretRef": object{"name": "b"}})
	source("scaleIO", object{"gateway": "a", "system": "b", "volumeName": "c"}, object{"gateway": "a", "system": "b", "secretRef": object{}}, object{"volumeName": "c", "secretRef": object{"name": "a"}})
	return all
}

// certificateFields are what a projected volume has of certificates.
func certificateFields(sources string) []manifestField {
	var all []manifestField
	long := "a" + long253
	for _, source := range []string{sources + "/0", sources + "/1"} {
		bundle, own := source+"/clusterTrustBundle", source+"/podCertificate"
		signers := []any{"example.com/a", "example.com/a.b", "a/b", "Example.com/a", "example.com/A.B", "example.com", "a/b/c", "/", "a./b.", "example.com/a..b", long + ".c/a", "a.b/" + long, long + ".c/" + long + long63, "kubernetes.io/a", "x.kubernetes.io/a", "xkubernetes.io/a", "", nil}
		all = append(all,
			valueFields(bundle, object{}, nil, object{"name": "a", "path": "b"}, object{"signerName": "a.b/c", "path": "b"}, object{"signerName": "a.b/c", "name": "a", "path": "b"}, object{"name": "a", "path": "b", "labelSelector": object{}}),
			valueFields(bundle+"/name", "a", "a.b:c:d", "a.b:c:D", ":a", "a:", ":", "a/b:c", "a/b", "A", "", "a:b:c:d", "a:b/c:d", long, nil),
			valueFields(bundle+"/signerName", signers...), valueFields(bundle+"/path", "a", "b", "../a", "/a", "..a", "", nil),
			valueFields(own, object{}, nil, object{"signerName": "a.b/c", "keyType": "ED25519", "credentialBundlePath": "a"}, object{"signerName": "kubernetes.io/c", "keyType": "RSA3072", "keyPath": "a", "certificateChainPath": "b", "maxExpirationSeconds": 86401}),
			valueFields(own+"/signerName", signers...), wordFields(own+"/keyType", "RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519", "RSA2048"),
			numberFields(own+"/maxExpirationSeconds", 3600, 3599, 86400, 86401, 7862400, 7862401, -1, 0),
			valueFields(own+"/userAnnotations", object{"a.b/c": "d"}, object{"a": "b"}, object{"A.B/C": "d"}, object{"": "a"}, object{"a b": "c", "a/b/c": "d"}, object{}, nil))
		all = append(all, selectorFields(bundle+"/labelSelector")...)
		for _, path := range []string{"credentialBundlePath", "keyPath", "certificateChainPath"} {
			all = append(all, valueFields(own+"/"+path, "a", "b", "../a", "..a", "/a", "", nil))
		}
	}
	return all
}
