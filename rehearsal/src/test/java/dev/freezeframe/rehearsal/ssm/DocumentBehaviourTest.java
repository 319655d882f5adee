package dev.freezeframe.rehearsal.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentBehaviourTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsfreeze -f /data",
        "xfs_freeze -f /data",
        "mysql -e 'flush tables with read lock'",
        "SELECT pg_backup_start('x')",
        "SELECT pg_start_backup('x')",
        "LOCK INSTANCE FOR BACKUP",
        "vssadmin list writers",
        "AWSEC2-CreateVssSnapshot",
      })
  void aDocumentFreezesIfItNamesAWayTo(String script) {
    assertThat(DocumentBehaviour.of(script, "theirs"))
        .isEqualTo(new DocumentBehaviour(true, false, "theirs", Optional.empty()));
  }

  @Test
  void theTemplateOfDlmFreezesNothing() {
    assertThat(DocumentBehaviour.of(DocumentFiles.content("dlm-template"), "dlm").freezes())
        .isFalse();
  }

  @Test
  void aDocumentThatPrintsOurStampsArmsATimer() {
    assertThat(DocumentBehaviour.of(DocumentFiles.content("freezing"), "freezing").timed())
        .isTrue();
  }

  @Test
  void stampsHaveTheNameThatADocumentGivesItself() {
    assertThat(
            DocumentBehaviour.of("readonly DOCUMENT=mysql\nline=\"document=$DOCUMENT\"", "other"))
        .extracting(DocumentBehaviour::document)
        .isEqualTo("mysql");
  }

  @Test
  void windowsEndsAFreezeByItself() {
    assertThat(DocumentBehaviour.of("$FreezeLimitSeconds = 10", "other").limit())
        .contains(Duration.ofSeconds(10));
  }
}
