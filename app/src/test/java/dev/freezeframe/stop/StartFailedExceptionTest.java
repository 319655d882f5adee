package dev.freezeframe.stop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartFailedExceptionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InsufficientInstanceCapacity",
        "InsufficientHostCapacity",
        "InsufficientReservedInstanceCapacity",
        "InsufficientCapacityOnHost",
        "Server.InsufficientInstanceCapacity"
      })
  void aCodeOfCapacityIsWorthAnotherTry(String code) {
    assertThat(new StartFailedException("x", code, null).lacksCapacity()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "InsufficientFreeAddressesInSubnet",
        "InsufficientVolumeCapacity",
        "UnauthorizedOperation",
        "Client.InternalError"
      })
  void noOtherCodeIs(String code) {
    assertThat(new StartFailedException("x", code, null).lacksCapacity()).isFalse();
  }

  @Test
  void whatItSaysDecidesNothing() {
    assertThat(new StartFailedException("InsufficientInstanceCapacity").lacksCapacity()).isFalse();
  }
}
