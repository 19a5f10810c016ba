package dev.stravinsky.release;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of an archive and stops a bomb before it has filled the disk. */
final class MeteredStream extends FilterInputStream {
  private final Meter meter;

  MeteredStream(InputStream in, Meter meter) {
    super(in);
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      meter.count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n > 0) {
      meter.count(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    meter.count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The count of one reading of an archive, over all of its entries. */
  static final class Meter {
    private final Limits limits;
    private final long packedBytes;
    private long bytes;

    Meter(Limits limits, long packedBytes) {
      this.limits = limits;
      this.packedBytes = packedBytes;
    }

    void count(long more) {
      bytes += more;
      if (bytes > limits.totalBytes()) {
        throw Refusals.refused("unpacks to more than " + limits.totalBytes() + " bytes");
      }
      if (bytes > limits.ratioFromBytes() && bytes / limits.ratio() > packedBytes) {
        throw Refusals.refused(
            "unpacks to more than " + limits.ratio() + " times its own size: a bomb");
      }
    }
  }
}
