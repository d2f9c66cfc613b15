//go:build !statefulset_cgo

package link

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"statefulset.internal/statefulset/internal/abi"
)

// The C library as WebAssembly, which `make go-module` builds.
//
//go:embed statefulset.wasm
var webAssembly []byte

// A module that is called is never interrupted.
var background = context.Background()

// module is the library as machine code, from the first call on. All instances share it.
var module struct {
	sync.Mutex
	loaded   bool
	cache    wazero.CompilationCache
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	failure  error
}

// pages is the most that the memory of an instance may have: all that WebAssembly can address.
var pages uint32 = 1 << 16

// CacheModule keeps the machine code in a folder from one run of a program to the next.
func CacheModule(folder string) error {
	module.Lock()
	defer module.Unlock()
	if module.loaded {
		return errors.New("statefulset: the module has already been compiled")
	}
	cache, err := wazero.NewCompilationCacheWithDir(folder)
	if err == nil {
		module.cache = cache
	}
	return err
}

func load() (wazero.Runtime, wazero.CompiledModule, error) {
	module.Lock()
	defer module.Unlock()
	if module.loaded {
		return module.runtime, module.compiled, module.failure
	}
	module.loaded = true
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(pages)
	if module.cache != nil {
		config = config.WithCompilationCache(module.cache)
	}
	module.runtime = wazero.NewRuntimeWithConfig(background, config)
	parallel := experimental.WithCompilationWorkers(background, runtime.GOMAXPROCS(0))
	module.compiled, module.failure = module.runtime.CompileModule(parallel, webAssembly)
	return module.runtime, module.compiled, module.failure
}

// newInstance is an instance that nobody has used. What has gone wrong is said by its first call.
func newInstance() *instance {
	runtime, compiled, err := load()
	if err != nil {
		return &instance{broken: err}
	}
	module, err := runtime.InstantiateModule(background, compiled, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return &instance{broken: err}
	}
	i := &instance{module: module, memory: module.Memory(), functions: map[string]api.Function{}}
	if version := uint32(i.run("sts_abi_version")); i.broken == nil && version != abi.ABIVersion {
		i.broken = fmt.Errorf("made for binary interface %d, and the module has %d", abi.ABIVersion, version)
	}
	i.forget()
	return i
}

// idle are instances for calls that keep nothing. There are no more of them than calls can run at a time.
var idle = make(chan *instance, runtime.GOMAXPROCS(0))

// An instance whose memory has grown beyond this is not kept: its memory never shrinks.
const most = 16 << 20

// take is an instance for one call. It goes back by give.
func take() *instance {
	select {
	case i := <-idle:
		return i
	default:
		return newInstance()
	}
}

func give(i *instance) {
	if i.broken != nil || i.memory.Size() > most {
		i.close()
		return
	}
	i.forget()
	select {
	case idle <- i:
	default:
		i.close()
	}
}
