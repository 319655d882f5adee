package dev.freezeframe.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {
  private static final InstanceId SECOND = new InstanceId("i-0a000000000000002");

  @Test
  void theFirstPageHasNoToken() {
    PageToken first = PageToken.parse(Optional.empty());

    assertThat(first.token()).isEmpty();
    assertThat(first.isBefore(SECOND)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dG9rZW4=", "after:", "a/b:c+d=="})
  void aPageThatWasCutGoesOnWithTheSameTokenAfterTheLastInstance(String token) {
    Optional<String> ec2 = Optional.of(token).filter(text -> !text.isEmpty());
    PageToken rest = PageToken.parse(Optional.of(PageToken.parse(ec2).after(SECOND)));

    assertThat(rest.token()).isEqualTo(ec2);
    assertThat(rest.isBefore(SECOND)).isFalse();
    assertThat(rest.isBefore(new InstanceId("i-0a000000000000001"))).isFalse();
    assertThat(rest.isBefore(new InstanceId("i-0a000000000000003"))).isTrue();
  }
}
