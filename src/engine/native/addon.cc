// The kernels for JavaScript: addon.ts has the types.
#define NAPI_VERSION 8
#include <node_api.h>

#include <memory>
#include <new>
#include <string>
#include <vector>

#include "instruction-sets.h"
#include "pool.h"

namespace tammes {
namespace {

/** A pool and the kernels it runs. */
struct Engine {
  Engine(int threads, const InstructionSet& set) : set(set), pool(new Pool(threads)) {}
  const InstructionSet& set;
  std::unique_ptr<Pool> pool;
  /** A job was started and is not over. */
  bool busy = false;
};

/** What a running job keeps alive. */
struct Running {
  Engine* engine;
  napi_threadsafe_function tell;
  std::vector<napi_ref> arrays;
};

napi_value undefined(napi_env env) {
  napi_value value;
  napi_get_undefined(env, &value);
  return value;
}

napi_value text(napi_env env, const char* characters) {
  napi_value value;
  napi_create_string_utf8(env, characters, NAPI_AUTO_LENGTH, &value);
  return value;
}

/** The engine of a call's first argument; null, and an exception, when it has been ended. */
Engine* engine_of(napi_env env, napi_value value) {
  void* data = nullptr;
  napi_get_value_external(env, value, &data);
  Engine* engine = static_cast<Engine*>(data);
  if (engine && engine->pool) return engine;
  napi_throw_error(env, nullptr, "There is no such engine any more.");
  return nullptr;
}

/** Names of the instruction sets this processor can run, best first. */
napi_value instruction_sets(napi_env env, napi_callback_info) {
  napi_value names;
  napi_create_array(env, &names);
  uint32_t count = 0;
  for (const InstructionSet& set : INSTRUCTION_SETS)
    if (set.runs_here()) napi_set_element(env, names, count++, text(env, set.name));
  return names;
}

/** (threads, instruction set) → an engine. */
napi_value create(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t count = 2;
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  int32_t threads = 1;
  napi_get_value_int32(env, arguments[0], &threads);
  char name[32];
  size_t length;
  napi_get_value_string_utf8(env, arguments[1], name, sizeof name, &length);
  for (const InstructionSet& set : INSTRUCTION_SETS) {
    if (std::string(name) != set.name || !set.runs_here()) continue;
    napi_value engine;
    napi_create_external(
        env, new Engine(threads, set),
        [](napi_env, void* data, void*) { delete static_cast<Engine*>(data); }, nullptr, &engine);
    return engine;
  }
  napi_throw_error(env, nullptr, "This processor has no such instruction set.");
  return nullptr;
}

/** (engine) → the names of its kernels, in the order of their numbers. */
napi_value kernels(napi_env env, napi_callback_info info) {
  napi_value engine_argument;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &engine_argument, nullptr, nullptr);
  Engine* engine = engine_of(env, engine_argument);
  if (!engine) return nullptr;
  napi_value names;
  napi_create_array(env, &names);
  for (int i = 0; i < engine->set.kernel_count; i++)
    napi_set_element(env, names, i, text(env, engine->set.kernels[i].name));
  return names;
}

/** Arguments of `run` and `start`: engine, kernel, numbers, one of their own, and arrays. */
struct Request {
  static constexpr int FIXED = 4;
  napi_value arguments[FIXED + MOST_ARRAYS];
  size_t count = FIXED + MOST_ARRAYS;
  Engine* engine = nullptr;
  const Kernel* kernel = nullptr;
  Call call;

  /** False, and an exception, when the arguments are not what addon.ts promises. */
  bool read(napi_env env, napi_callback_info info) {
    napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
    engine = engine_of(env, arguments[0]);
    if (!engine) return false;
    if (engine->busy) {
      napi_throw_error(env, nullptr, "This engine is at work.");
      return false;
    }
    int32_t index = -1;
    napi_get_value_int32(env, arguments[1], &index);
    double* numbers = nullptr;
    size_t length = 0;
    const bool valid = count >= FIXED && count <= FIXED + MOST_ARRAYS && index >= 0 &&
                       index < engine->set.kernel_count &&
                       view(env, arguments[2], reinterpret_cast<void**>(&numbers), &length) &&
                       length <= MOST_NUMBERS;
    if (!valid) return refuse(env);
    kernel = &engine->set.kernels[index];
    for (size_t i = 0; i < length; i++) call.numbers[i] = numbers[i];
    for (size_t i = FIXED; i < count; i++)
      if (!view(env, arguments[i], &call.arrays[i - FIXED], &length)) return refuse(env);
    return true;
  }

 private:
  static bool view(napi_env env, napi_value value, void** data, size_t* length) {
    napi_typedarray_type type;
    return napi_get_typedarray_info(env, value, &type, length, data, nullptr, nullptr) == napi_ok;
  }

  static bool refuse(napi_env env) {
    napi_throw_type_error(env, nullptr, "A kernel takes an engine, its number, numbers and arrays.");
    return false;
  }
};

void throw_out_of_memory(napi_env env, const Request& request) {
  const Plan plan = request.kernel->plan(request.call);
  const int64_t bytes = plan.workspace + plan.scratch * (request.engine->pool->threads() + 1);
  const std::string megabytes = std::to_string(bytes >> 20);
  napi_throw_error(env, nullptr, ("There are no " + megabytes + " MiB of memory to work in.").c_str());
}

/** (engine, kernel, numbers, sharing, ...arrays): done when it returns. */
napi_value run(napi_env env, napi_callback_info info) {
  Request request;
  if (!request.read(env, info)) return nullptr;
  bool sharing = false;
  napi_get_value_bool(env, request.arguments[3], &sharing);
  try {
    request.engine->pool->run(*request.kernel, request.call, sharing);
  } catch (const std::bad_alloc&) {
    throw_out_of_memory(env, request);
  }
  return undefined(env);
}

/** The environment ends before the job does. */
void halt(void* data) { static_cast<Engine*>(data)->pool.reset(); }

void release(napi_env env, Running* running) {
  running->engine->busy = false;
  napi_remove_env_cleanup_hook(env, halt, running->engine);
  for (napi_ref array : running->arrays) napi_delete_reference(env, array);
  napi_release_threadsafe_function(running->tell, napi_tsfn_release);
  delete running;
}

/** On the JavaScript thread: calls `told` with whether the job is over. */
void tell(napi_env env, napi_value told, void* context, void* over) {
  if (!env) return;
  if (over) release(env, static_cast<Running*>(context));
  napi_value value;
  napi_get_boolean(env, over != nullptr, &value);
  napi_call_function(env, undefined(env), told, 1, &value, nullptr);
}

/** (engine, kernel, numbers, told, ...arrays): calls told(false) now and then, told(true) in the end. */
napi_value start(napi_env env, napi_callback_info info) {
  Request request;
  if (!request.read(env, info)) return nullptr;
  auto running = new Running{request.engine, nullptr, {}};
  request.engine->busy = true;
  napi_create_threadsafe_function(env, request.arguments[3], nullptr, text(env, "tammes"), 0, 1,
                                  nullptr, nullptr, running, tell, &running->tell);
  // After the function above, so that at the end of the environment the threads end before it does.
  napi_add_env_cleanup_hook(env, halt, request.engine);
  for (size_t i = Request::FIXED; i < request.count; i++) {
    napi_ref array;
    napi_create_reference(env, request.arguments[i], 1, &array);
    running->arrays.push_back(array);
  }
  try {
    request.engine->pool->start(*request.kernel, request.call, [running](bool over) {
      napi_call_threadsafe_function(running->tell, over ? running : nullptr, napi_tsfn_nonblocking);
    });
  } catch (const std::bad_alloc&) {
    release(env, running);
    throw_out_of_memory(env, request);
  }
  return undefined(env);
}

/** (engine): no further task of the running job is taken. */
napi_value stop(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (Engine* engine = engine_of(env, argument)) engine->pool->stop();
  return undefined(env);
}

/** (engine) → the share of the running job's tasks that are finished. */
napi_value done(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  Engine* engine = engine_of(env, argument);
  if (!engine) return nullptr;
  napi_value share;
  napi_create_double(env, engine->pool->done(), &share);
  return share;
}

/** (engine): ends its threads; it is not to be used afterwards. */
napi_value end(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (Engine* engine = engine_of(env, argument)) engine->pool.reset();
  return undefined(env);
}

}  // namespace
}  // namespace tammes

NAPI_MODULE_INIT() {
  using namespace tammes;
  const struct {
    const char* name;
    napi_callback function;
  } functions[] = {{"instructionSets", instruction_sets}, {"create", create}, {"kernels", kernels},
                   {"run", run}, {"start", start}, {"stop", stop}, {"done", done}, {"end", end}};
  for (const auto& [name, function] : functions) {
    napi_value value;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
    napi_set_named_property(env, exports, name, value);
  }
  return exports;
}
