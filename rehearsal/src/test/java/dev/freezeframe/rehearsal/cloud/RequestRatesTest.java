package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "ec2:CreateSnapshots, 100, 5",
    "ec2:DeleteSnapshot, 100, 5",
    "ec2:CreateTags, 100, 10",
    "ec2:DeleteTags, 100, 10",
    "ec2:CopySnapshot, 50, 5",
    "ec2:LockSnapshot, 50, 5",
    "ec2:DescribeSnapshots, 100, 20",
    "ec2:DescribeInstances, 100, 20",
    "ec2:DescribeInstances (unfiltered), 50, 10",
    "ec2:DescribeVolumes (unfiltered), 50, 10",
    "ec2:DescribeSnapshots (unfiltered), 50, 10",
    "ec2 (mutating actions), 50, 5",
    "ec2:StartInstances, 5, 2",
    "ec2:StopInstances (instances), 1000, 20",
    "ec2:StartInstances (instances), 1000, 2",
    "ec2:DescribeInstanceAttribute, 100, 20",
    "ssm:SendCommand, 40, 20",
  })
  void anActionHasASizeAndARefillPerSecond(String action, int size, int perSecond) {
    TokenBucket bucket = RequestRates.documented().apply(action);

    assertThat(taken(bucket, NOW)).isEqualTo(size);
    assertThat(taken(bucket, NOW.plusSeconds(1))).isEqualTo(perSecond);
    assertThat(taken(bucket, NOW.plusSeconds(1000))).isEqualTo(size);
  }

  @Test
  void anAccountCanHaveItsRatesRaised() {
    assertThat(taken(RequestRates.raised(2).apply("ec2:CreateSnapshots"), NOW)).isEqualTo(200);
  }

  @Test
  void anActionThatNoRowNamesHasNoRate() {
    TokenBucket bucket = RequestRates.documented().apply("dynamodb:UpdateItem");

    for (int i = 0; i < 100_000; i++) {
      assertThat(bucket.take(NOW)).isTrue();
    }
  }

  private static int taken(TokenBucket bucket, Instant at) {
    int taken = 0;
    while (taken < 100_000 && bucket.take(at)) {
      taken++;
    }
    return taken;
  }
}
