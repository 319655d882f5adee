# include lib/stamps.ps1

# A freeze of another run that Windows has not ended yet.
function Find-Holder {
  if (-not (Test-Path -LiteralPath $StateFolder)) { return $null }
  $Since = [DateTime]::UtcNow.AddSeconds(-$FreezeLimitSeconds)
  $Recent = @(Get-ChildItem -LiteralPath $StateFolder -Filter '*.txt' |
      Where-Object { $_.LastWriteTimeUtc -gt $Since })
  if ($Recent.Count -eq 0) { return $null }
  return $Recent[0].BaseName
}

function Find-Problems {
  $Problems = @()
  $Identity = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
  if (-not $Identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    $Problems += 'the script needs administrator rights'
  }
  $Agent = Join-Path $env:ProgramFiles 'Amazon\AwsVssComponents\ec2-vss-agent.exe'
  if (-not (Test-Path -LiteralPath $Agent)) {
    $Problems += 'AwsVssComponents is not installed (AWS-ConfigureAWSPackage installs it)'
  }
  $Service = Get-Service -Name 'VSS' -ErrorAction SilentlyContinue
  if ($null -eq $Service) {
    $Problems += 'the Volume Shadow Copy service is missing'
  } elseif ((Get-CimInstance -ClassName Win32_Service -Filter "Name='VSS'").StartMode -eq 'Disabled') {
    $Problems += 'the Volume Shadow Copy service is disabled'
  }
  $Writers = (& $VssAdmin list writers | Out-String)
  if ($LASTEXITCODE -ne 0) {
    $Problems += 'vssadmin does not list the writers'
  } elseif ($Writers -match ': \[(?!1\])\d+\]') {
    $Problems += 'a VSS writer is not stable: see vssadmin list writers'
  }
  return , $Problems
}

function Confirm-Ready {
  $Problems = Find-Problems
  foreach ($Problem in $Problems) { Write-Stamp 'problem' @('cause', $Problem) }
  if ($Problems.Count -gt 0) { Stop-Script 'refused' 206 $Problems[0] }
}

if ($Command -eq 'post-script') {
  if (-not (Test-Path -LiteralPath $StateFile)) {
    Stop-Script 'refused' 205 'no pre-script of this run holds a freeze'
  }
  Write-Stamp 'thawing' @()
  exit 0
}
$Holder = Find-Holder
if ($null -ne $Holder) {
  Stop-Script 'refused' 204 ('run ' + $Holder + ' holds a freeze: its post-script is expected')
}
Confirm-Ready
if ($Command -eq 'dry-run') {
  Write-Stamp 'dry-run-ok' @('auto-thaw-seconds', [string] $FreezeLimitSeconds)
  exit 0
}
try {
  New-Item -ItemType Directory -Force -Path $StateFolder | Out-Null
  Get-ChildItem -LiteralPath $StateFolder -Filter '*.txt' | Remove-Item -Force
  Set-Content -LiteralPath $StateFile -Value (Format-Now)
} catch {
  Stop-Script 'refused' 206 ('the state cannot be written: ' + $_.Exception.Message)
}
Write-Stamp 'armed' @('auto-thaw-seconds', [string] $FreezeLimitSeconds)
Write-Stamp 'freezing' @()
exit 0
