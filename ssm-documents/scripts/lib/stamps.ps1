Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ExecutionId = '{{ executionId }}'
$Command = '{{ command }}'
# Windows ends a freeze by itself after this time; nothing can make it longer.
$FreezeLimitSeconds = 10
# Only administrators write there. In ProgramData any user could make the folder first, as a link.
$StateFolder = Join-Path $env:ProgramFiles 'Freezeframe'
$StateFile = Join-Path $StateFolder ($ExecutionId + '.txt')

$VssAdmin = Join-Path $env:SystemRoot 'System32\vssadmin.exe'

function Format-Now {
  return [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
}

function Format-Value([string] $Value) {
  if ($Value -match '^[A-Za-z0-9._:/@+%,-]+\z') { return $Value }
  $Escaped = ($Value -replace '[\x00-\x1f\x7f]', '?').Replace('\', '\\').Replace('"', '\"')
  return '"' + $Escaped + '"'
}

function Write-Stamp([string] $Name, [string[]] $Pairs) {
  $Line = 'FREEZEFRAME event=' + $Name + ' at=' + (Format-Now)
  $Line += ' execution=' + $ExecutionId + ' document=windows-vss'
  for ($Index = 0; $Index + 1 -lt $Pairs.Count; $Index += 2) {
    $Line += ' ' + $Pairs[$Index] + '=' + (Format-Value $Pairs[$Index + 1])
  }
  [Console]::Out.WriteLine($Line)
}

function Stop-Script([string] $Name, [int] $Code, [string] $Cause) {
  Write-Stamp $Name @('code', [string] $Code, 'cause', $Cause)
  exit $Code
}

# The seconds since the freeze was ordered.
function Measure-Freeze {
  $Begun = [DateTime]::Parse((Get-Content -LiteralPath $StateFile -TotalCount 1),
    [Globalization.CultureInfo]::InvariantCulture, [Globalization.DateTimeStyles]::RoundtripKind)
  return ([DateTime]::UtcNow - $Begun).TotalSeconds
}
