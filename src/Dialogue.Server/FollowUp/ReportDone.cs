namespace Dialogue.FollowUp;

/// <summary>The owner reports that it is done and hands in what shows it. It counts as done when somebody else has looked.</summary>
internal sealed class ReportDone : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.ReportDone;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) =>
        [
            StepField.Choice<EvidenceKind>("EvidenceKind"),
            StepField.Text("EvidenceText", required: true),
            StepField.Line("EvidenceReference"),
            StepField.Text("Remark"),
        ];

    public override Result<ActionStep> Read(StepInput input) =>
        input.Choice<EvidenceKind>("EvidenceKind") is { } kind
            ? new ActionStep.ReportDone(
                [new Evidence(kind, input.Text("EvidenceText"), input.Optional("EvidenceReference"))],
                input.Optional("Remark")
            )
            : RefusalCode.EvidenceMissing;
}
