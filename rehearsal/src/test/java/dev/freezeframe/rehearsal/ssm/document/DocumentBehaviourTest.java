package dev.freezeframe.rehearsal.ssm.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.rehearsal.document.DocumentText;
import dev.freezeframe.rehearsal.ssm.document.DocumentBehaviour.Holds;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentBehaviourTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fsfreeze -f /data",
        "irissession IRIS -U %SYS '##Class(Backup.General).ExternalFreeze()'",
        "mongosh --eval 'db.fsyncLock()'",
        "SELECT pg_backup_start('x')",
        "dmsetup suspend data",
        "/opt/ours/hold.sh",
        "echo nothing",
      })
  void noWordInAScriptSaysWhatItHolds(String script) {
    assertThat(DocumentBehaviour.of(script, "theirs", true))
        .isEqualTo(
            new DocumentBehaviour(Holds.ALL, false, "theirs", Optional.empty(), false, true));
  }

  @ParameterizedTest
  @CsvSource({
    "'# freezeframe-rehearsal: holds=data timer=60', DATA, PT60S",
    "'# freezeframe-rehearsal: holds=all', ALL, ",
    "'rem freezeframe-rehearsal: holds=none', NONE, ",
  })
  void aDocumentSaysItByALine(String line, Holds holds, Duration timer) {
    assertThat(DocumentBehaviour.of("set -e\n" + line + "\nhold\n", "theirs", true))
        .isEqualTo(
            new DocumentBehaviour(
                holds, false, "theirs", Optional.ofNullable(timer), false, false));
  }

  @ParameterizedTest
  @CsvSource({
    "'# freezeframe-rehearsal: holds=data unmounts timer=60', PT60S",
    "'# freezeframe-rehearsal: holds=data unmounts', ",
  })
  void itMaySayThatItUnmounts(String line, Duration timer) {
    assertThat(DocumentBehaviour.of("set -e\n" + line + "\nhold\n", "theirs", true))
        .isEqualTo(
            new DocumentBehaviour(
                Holds.DATA, false, "theirs", Optional.ofNullable(timer), true, false));
  }

  @ParameterizedTest
  @EnumSource(SsmDocument.class)
  void ofOursNothingIsAssumed(SsmDocument document) {
    DocumentBehaviour behaviour =
        DocumentBehaviour.of(document.deployed(), document.ssmName(), true);

    assertThat(behaviour.assumed()).isFalse();
    assertThat(behaviour.stamps()).isTrue();
  }

  @Test
  void aCopyOfOurTemplateUnderANameOfItsOwnIsAssumedToHoldItsData() {
    assertThat(
            DocumentBehaviour.of(
                "FREEZEFRAME event=frozen\nreadonly DOCUMENT=orders", "other", true))
        .isEqualTo(
            new DocumentBehaviour(Holds.DATA, true, "orders", Optional.empty(), false, true));
  }

  @Test
  void aCopyOfOurTemplateThatFreezesNoFileSystemIsAssumedToHoldNoVolume() {
    String template = SsmDocument.TEMPLATE.deployed();

    assertThat(DocumentBehaviour.freezesFileSystems(DocumentText.parse(template))).isFalse();
    assertThat(
            DocumentBehaviour.freezesFileSystems(
                DocumentText.parse(SsmDocument.FILESYSTEM.deployed())))
        .isTrue();
    assertThat(
            DocumentBehaviour.of(
                "FREEZEFRAME event=frozen\nreadonly DOCUMENT=orders", "other", false))
        .isEqualTo(
            new DocumentBehaviour(Holds.NO_VOLUME, true, "orders", Optional.empty(), false, true));
  }

  @Test
  void someoneMaySayItInAFileBesideIt() {
    HoldDescription said = HoldDescription.read("x.rehearsal.yaml", "holds: data\ntimer: 60\n");

    assertThat(DocumentBehaviour.of("hold", "x", true).described(said))
        .isEqualTo(
            new DocumentBehaviour(
                Holds.DATA, false, "x", Optional.of(Duration.ofSeconds(60)), false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "holds",
        "[all]",
        "holds: some",
        "holds: all\ntimer: soon",
        "holds: all\ntimer: 0",
        "holds: all\ntimer: 3601",
        "holds: all\nlimit: 60",
        "holds: {",
      })
  void aDescriptionThatIsNoneIsRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> HoldDescription.read("x.rehearsal.yaml", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x.rehearsal.yaml: ")
        .hasMessageContaining("expected 'holds: all'")
        .hasMessageNotContaining("\n");
  }
}
