package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The user of a database can exchange what a link or an {@code .isl} file leads to at any instant.
 * No file system is frozen for it on which that user owns nothing.
 */
class LinkRaceTest {

  private static final int SEARCHES = 60;

  /** Searches a data directory as {@code auto} does, but over and over; says what was found. */
  private static final String LOOP =
      """
      races() {
        local i own=0 others=0
        for ((i = 0; i < %d; i++)); do
          links_below "$DATA" 2 || continue
          mounts_of_paths "$DATA" "${LINKS[@]+"${LINKS[@]}"}"
          [[ ,$MOUNTS, != *",$OWN,"* ]] || own=$((own + 1))
          [[ ,$MOUNTS, != *",$OTHER,"* ]] || others=$((others + 1))
        done
        echo "own=$own others=$others"
      }
      races
      """
          .formatted(SEARCHES);

  @ParameterizedTest
  @CsvSource({"MYSQL,ext4,link", "MYSQL,xfs,isl", "POSTGRESQL,ext4,link", "POSTGRESQL,xfs,link"})
  void aLinkThatIsExchangedAllTheTimeLeadsToNothingOfOthers(
      SsmDocument document, String type, String kind) throws IOException {
    Machine.needs(Shell.has("perl"), "perl is not installed");
    try (Volume data = new Volume(type);
        Volume own = new Volume(type);
        Volume other = new Volume(type);
        Guest guest = new Guest(document)) {
      Path shop = data.mountPoint().resolve("data/shop");
      Path table = own.mountPoint().resolve("tables/table");
      Path decoy = own.mountPoint().resolve("tables/decoy");
      Shell.must("mkdir", "-p", shop.toString(), table.toString());
      Shell.must("ln", "-s", other.path(), decoy.toString());
      if (kind.equals("isl")) {
        Shell.write(shop.resolve("table.isl"), table + "\n");
      } else {
        Shell.must("ln", "-s", table.toString(), shop.resolve("table").toString());
      }
      Shell.must("chown", "-Rh", "65534:65534", shop.getParent() + "", table.getParent() + "");
      for (Volume volume : List.of(data, own, other)) {
        Shell.must("chmod", "755", volume.mountPoint().getParent().toString(), volume.path());
      }
      Process flips = RenameRaceTest.flips(guest, table, decoy);
      try {
        Answer races =
            guest
                .environment("DATA", shop.getParent().toString())
                .environment("OWN", own.path())
                .environment("OTHER", other.path())
                .edited(Map.of("main \"$@\"", LOOP))
                .dryRun();
        assertThat(races.output())
            .as(Files.readString(guest.newFile("flips")))
            .contains("others=0")
            .doesNotContain("own=0 ");
        assertThat(flips.isAlive()).isTrue();
      } finally {
        flips.destroyForcibly();
      }
    }
  }
}
