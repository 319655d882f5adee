package dev.freezeframe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagSelectorTest {

  @Test
  void aKeyWithAValueMatchesThatValueOnly() {
    TagSelector selector = TagSelector.parse("snapshot=snapshot");

    assertThat(selector.matches(Map.of("snapshot", "snapshot"))).isTrue();
    assertThat(selector.matches(Map.of("snapshot", "Snapshot"))).isFalse();
    assertThat(selector.matches(Map.of("other", "snapshot"))).isFalse();
  }

  @Test
  void aKeyAloneMatchesAnyValue() {
    TagSelector selector = TagSelector.parse("backup");

    assertThat(selector.matches(Map.of("backup", ""))).isTrue();
    assertThat(selector.matches(Map.of("Backup", "yes"))).isFalse();
  }

  @Test
  void onlyTheFirstEqualsSignSeparates() {
    assertThat(TagSelector.parse("tier=a=b"))
        .isEqualTo(new TagSelector("tier", Optional.of("a=b")));
  }

  @Test
  void anEmptyKeyIsRefused() {
    assertThatThrownBy(() -> TagSelector.parse("=snapshot"))
        .hasMessage("key is '', expected a text of 1..128 visible characters");
  }
}
