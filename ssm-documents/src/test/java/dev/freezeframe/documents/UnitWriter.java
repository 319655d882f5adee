package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a unit runs that writes: numbered lines, each on disk before it is acknowledged in another
 * file.
 *
 * @param log on the volume
 * @param acknowledged on another
 */
record UnitWriter(Path log, Path acknowledged) {

  String command() {
    return """
        i=0
        [[ ! -s '%2$s' ]] || i=$(($(tail -n 1 '%2$s') + 1))
        exec 3>>'%1$s'
        while :; do
          echo "$i" >&3 && sync -d '%1$s' && echo "$i" >>'%2$s' || exit 1
          i=$((i + 1))
        done
        """
        .formatted(log, acknowledged);
  }

  int count() {
    try {
      return Files.exists(acknowledged) ? Files.readAllLines(acknowledged).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitNext() {
    int before = count();
    Shell.await("another write", () -> count() > before + 2);
  }

  /** Whether a copy of the log has all that was acknowledged by now. */
  void assertHasAll(Path copy) {
    try {
      List<String> promised = Files.readAllLines(acknowledged);
      assertThat(Files.readAllLines(copy)).containsAll(promised);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
