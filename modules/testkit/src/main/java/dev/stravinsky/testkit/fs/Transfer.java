package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves bytes between a buffer and the delegate as the plan wants it. */
@FunctionalInterface
interface Transfer {
  int move(ByteBuffer bytes) throws IOException;

  /** Reads; what the plan takes away from the end of the buffer was not read. */
  default int read(Verdict verdict, ByteBuffer target, long position, OperationGate gate)
      throws IOException {
    return switch (verdict) {
      case Verdict.Fail fail -> throw fail.errno().onOpenFile();
      case Verdict.Short few -> atMost(few.bytes(), target, gate);
      case Verdict.Misread bad -> misread(bad.damage(), target, position, gate);
      default -> move(target);
    };
  }

  /** Writes; of what fails half. */
  default int write(Verdict verdict, ByteBuffer source, OperationGate gate) throws IOException {
    return switch (verdict) {
      case Verdict.Fail fail -> {
        move(source.duplicate().limit(source.position() + source.remaining() / 2));
        throw fail.errno().onOpenFile();
      }
      case Verdict.Short few -> atMost(few.bytes(), source, gate);
      default -> move(source);
    };
  }

  private int atMost(int most, ByteBuffer bytes, OperationGate gate) throws IOException {
    if (bytes.remaining() <= most) {
      return move(bytes);
    }
    gate.fired();
    int limit = bytes.limit();
    bytes.limit(bytes.position() + most);
    try {
      return move(bytes);
    } finally {
      bytes.limit(limit);
    }
  }

  private int misread(Damage damage, ByteBuffer target, long position, OperationGate gate)
      throws IOException {
    int start = target.position();
    int count = move(target);
    if (count <= 0) {
      return count;
    }
    ByteBuffer good = ByteBuffer.allocate(count).put(0, target, start, count);
    int left = damage.spoil(target, start, count, position);
    if (left != count || good.mismatch(target.slice(start, count)) >= 0) {
      gate.fired();
    }
    target.position(start + Math.max(left, 0));
    return left;
  }
}
