package dev.stravinsky.files;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/**
 * A function of the C library that takes integers and addresses, five at most, returns an int and
 * sets errno. It is looked up at its first call.
 *
 * <p>All are called in one shape, because the virtual machine takes 8 ms to make a shape. The
 * calling conventions of Linux and macOS allow it: integers and addresses come in the same
 * registers, whose upper half an int's taker ignores, and so it does registers that it has no
 * parameter for. (Variadic arguments are elsewhere on some Macs: there such a function has a shape
 * of its own.)
 */
final class NativeFunction {
  private static final int EINTR = 4;
  private static final int PARAMETERS = 5;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = offset("errno");

  private final String name;
  private final int fixed;
  private volatile Optional<Linked> linked = Optional.empty();

  private NativeFunction(String name, int fixed) {
    this.name = name;
    this.fixed = fixed;
  }

  /** What {@code byteOffset} answers, whose paths take 4 ms to be made ready. */
  private static long offset(String member) {
    long offset = 0;
    for (MemoryLayout each : STATE.memberLayouts()) {
      if (each.name().equals(Optional.of(member))) {
        return offset;
      }
      offset += each.byteSize();
    }
    throw new IllegalStateException("the state of a call has no " + member);
  }

  private record Linked(MethodHandle shape, MemorySegment address) {}

  /** Made once for all functions. */
  private static final class Shape {
    static final MethodHandle COMMON = link();
  }

  /**
   * What a call returned.
   *
   * @param value the function's value
   * @param errno the error, if the value says that there is one
   */
  record Result(int value, int errno) {
    boolean failed() {
      return value == -1;
    }
  }

  static NativeFunction of(String name) {
    return new NativeFunction(name, -1);
  }

  /** One that is variadic from this argument on. */
  static NativeFunction variadic(String name, int fixed) {
    return new NativeFunction(name, fixed);
  }

  /** Whether the C library has it. */
  boolean exists() {
    return LINKER.defaultLookup().find(name).isPresent();
  }

  /** Makes the call, again if a signal interrupted it. Addresses are of segments still alive. */
  Result call(long... arguments) {
    Result result = callOnce(arguments);
    while (result.failed() && result.errno() == EINTR) {
      result = callOnce(arguments);
    }
    return result;
  }

  /** For {@code close}, which has closed also when it was interrupted. */
  Result callOnce(long... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int value = (int) invoke(state, arguments);
      return new Result(value, value == -1 ? state.get(JAVA_INT, ERRNO) : 0);
    }
  }

  /** The same of a function that returns an address. */
  MemorySegment address(long... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      return MemorySegment.ofAddress(invoke(arena.allocate(STATE), arguments));
    }
  }

  private long invoke(MemorySegment state, long[] arguments) {
    Linked function = linked.orElseGet(this::lookUp);
    long[] all = Arrays.copyOf(arguments, PARAMETERS);
    try {
      return (long)
          function
              .shape()
              .invokeExact(function.address(), state, all[0], all[1], all[2], all[3], all[4]);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library was not possible", e);
    }
  }

  private Linked lookUp() {
    boolean apart = fixed >= 0 && Os.current() == Os.MACOS;
    MethodHandle shape = apart ? link(Linker.Option.firstVariadicArg(fixed)) : Shape.COMMON;
    Linked found = new Linked(shape, LINKER.defaultLookup().findOrThrow(name));
    linked = Optional.of(found);
    return found;
  }

  private static MethodHandle link(Linker.Option... more) {
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        options);
  }
}
