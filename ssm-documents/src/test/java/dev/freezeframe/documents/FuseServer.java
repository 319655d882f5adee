package dev.freezeframe.documents;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file system in user space: a directory with the one file {@code image}, which is a file
 * elsewhere. It speaks the kernel's protocol ({@code include/uapi/linux/fuse.h}, version 7.31) on
 * its standard input and output, which are {@code /dev/fuse}, and ends when it is unmounted.
 */
final class FuseServer {

  private static final int REQUEST_HEADER = 40;
  private static final int ANSWER_HEADER = 16;
  private static final int MOST_WRITTEN = 64 * 1024;
  private static final long ROOT = 1;
  private static final long IMAGE = 2;
  private static final int NO_SUCH_FILE = -2;
  private static final int NOT_IMPLEMENTED = -38;

  private final FileChannel image;
  private final FileChannel requests = new FileInputStream(FileDescriptor.in).getChannel();
  private final FileChannel answers = new FileOutputStream(FileDescriptor.out).getChannel();
  private final ByteBuffer request = buffer(MOST_WRITTEN + 4096);
  private final ByteBuffer answer = buffer(1024 * 1024);

  private FuseServer(Path image) throws IOException {
    this.image = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** What starts one, with {@code /dev/fuse} as its standard input and output. */
  static List<String> command(String image) {
    var classes = FuseServer.class.getProtectionDomain().getCodeSource().getLocation();
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-cp",
        classes.getPath(),
        FuseServer.class.getName(),
        image);
  }

  /**
   * Serves until the end.
   *
   * @param arguments the file that {@code image} is
   */
  public static void main(String[] arguments) throws IOException {
    FuseServer server = new FuseServer(Path.of(arguments[0]));
    while (server.serve()) {
      // the next request
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  private boolean serve() throws IOException {
    request.clear();
    try {
      if (requests.read(request) < REQUEST_HEADER) {
        return false;
      }
    } catch (IOException e) {
      return false; // unmounted: no such device
    }
    request.flip();
    long node = request.getLong(16);
    answer.clear().position(ANSWER_HEADER);
    int error = 0;
    switch (request.getInt(4)) {
      case 1 -> error = lookUp();
      case 2, 36, 42 -> { // forget, interrupt, several to forget: no answer is wanted
        return true;
      }
      case 3, 4 -> { // get and set attributes
        answer.putLong(0).putLong(0);
        attributes(node);
      }
      case 14, 27 -> answer.putLong(0).putLong(0); // open, also a directory
      case 15 -> read();
      case 16 -> write();
      case 17 -> answer.position(ANSWER_HEADER + 80); // of the file system: all zero
      case 18, 25, 29, 34 -> {} // release, flush, release a directory, access
      case 20 -> image.force(false);
      case 26 -> begin();
      default -> error = NOT_IMPLEMENTED;
    }
    if (error != 0) {
      answer.position(ANSWER_HEADER);
    }
    answer.putInt(0, answer.position()).putInt(4, error).putLong(8, request.getLong(8));
    answers.write(answer.flip());
    return true;
  }

  private int lookUp() throws IOException {
    byte[] name = new byte[request.limit() - REQUEST_HEADER - 1];
    request.get(REQUEST_HEADER, name);
    if (!new String(name, StandardCharsets.UTF_8).equals("image")) {
      return NO_SUCH_FILE;
    }
    answer.putLong(IMAGE).putLong(0).putLong(0).putLong(0).putLong(0);
    attributes(IMAGE);
    return 0;
  }

  private void attributes(long node) throws IOException {
    answer.putLong(node).putLong(node == ROOT ? 0 : image.size()).putLong(image.size() / 512);
    answer.putLong(0).putLong(0).putLong(0).putInt(0).putInt(0).putInt(0);
    answer.putInt(node == ROOT ? 0040755 : 0100600).putInt(1);
    answer.putInt(0).putInt(0).putInt(0).putInt(4096).putInt(0);
  }

  private void read() throws IOException {
    answer.limit(ANSWER_HEADER + request.getInt(REQUEST_HEADER + 16));
    long offset = request.getLong(REQUEST_HEADER + 8);
    for (int read = 0; answer.hasRemaining() && read >= 0; ) {
      read = image.read(answer, offset + answer.position() - ANSWER_HEADER);
    }
  }

  private void write() throws IOException {
    int size = request.getInt(REQUEST_HEADER + 16);
    long offset = request.getLong(REQUEST_HEADER + 8);
    request.position(2 * REQUEST_HEADER);
    while (request.hasRemaining()) {
      offset += image.write(request, offset);
    }
    answer.putInt(size).putInt(0);
  }

  private void begin() {
    int version = ANSWER_HEADER;
    for (int i = version; i < version + 64; i++) {
      answer.put(i, (byte) 0);
    }
    answer.putInt(version, 7).putInt(version + 4, 31).putInt(version + 20, MOST_WRITTEN);
    answer.position(version + 64);
  }
}
