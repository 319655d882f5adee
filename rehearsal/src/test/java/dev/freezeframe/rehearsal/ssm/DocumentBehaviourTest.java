package dev.freezeframe.rehearsal.ssm;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(DocumentBehaviour.of(script))
        .isEqualTo(new DocumentBehaviour(true, false, "executionId"));
  }

  @Test
  void theTemplateOfDlmFreezesNothing() {
    assertThat(DocumentBehaviour.of(DocumentFiles.content("dlm-template")).freezes()).isFalse();
  }

  @Test
  void aDocumentThatPrintsOurStampsArmsATimer() {
    assertThat(DocumentBehaviour.of(DocumentFiles.content("freezing")).timed()).isTrue();
  }

  @Test
  void stampsNameTheRunAsTheDocumentDoes() {
    assertThat(
            DocumentBehaviour.of(
                    "local line=\"FREEZEFRAME event=$2 at=$1 execution=$EXECUTION_ID\"")
                .stamp())
        .isEqualTo("execution");
  }
}
