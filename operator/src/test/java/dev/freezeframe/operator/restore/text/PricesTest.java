package dev.freezeframe.operator.restore.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.RestorePlan.Creation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.VolumeType;

class PricesTest {
  private final Prices prices = Prices.packaged();

  private static Creation volume(String type, OptionalInt iops, OptionalInt throughput) {
    return new Creation(
        new SnapshotId("snap-0aaa0000000000001"),
        new VolumeId("vol-0aaa0000000000001"),
        Optional.empty(),
        type,
        iops,
        throughput,
        100,
        Optional.empty(),
        false,
        false,
        Map.of());
  }

  @Test
  void everyTypeThatEc2HasIsPriced() {
    assertThat(VolumeType.knownValues())
        .allSatisfy(
            type ->
                assertThat(
                        prices.month(
                            List.of(
                                volume(type.toString(), OptionalInt.empty(), OptionalInt.empty()))))
                    .isPresent());
  }

  @Test
  void whatIsInThePriceOfTheSizeIsNotBilledTwice() {
    assertThat(prices.month(List.of(volume("gp3", OptionalInt.of(3_000), OptionalInt.of(125)))))
        .isEqualTo(prices.month(List.of(volume("gp3", OptionalInt.empty(), OptionalInt.empty()))));
  }

  @Test
  void aTypeThatIsNotKnownHasNoPrice() {
    assertThat(prices.words(List.of(volume("gp9", OptionalInt.empty(), OptionalInt.empty()))))
        .isEqualTo("The price of a volume of such a type is not known.");
  }

  @Test
  void thePriceSaysOfWhenItIsAndThatItIsAssumed() {
    assertThat(prices.words(List.of(volume("gp3", OptionalInt.empty(), OptionalInt.empty()))))
        .contains("US$ 8.00 a month", prices.asOf(), "assumed");
  }
}
