using Dialogue.Activities;
using Dialogue.Activities.Commit;

namespace Dialogue.Dialogues.Room.Commit;

/// <summary>Agreements with an owner, a first step, dates and a proof; risks that stay; and when to look again.</summary>
public sealed class CommitFace : Face
{
    public override Type Composer => typeof(AgreementForms);
    public override Type Board => typeof(CommitBoard);

    public override IEnumerable<Part> Shared(RoomView view, ActivityEvent happened)
    {
        var mine = (CommitState)view.State.CurrentPhase!.State;
        Part[] Shown(ItemId id) =>
            mine.Agreements.FirstOrDefault(one => one.Id == id) is { } agreement
                ?
                [
                    Part.Put<AgreementCard>($"agreement-{id}", "agreements", "Agreement", agreement),
                    Part.Morph<AgreementAdvice>("agreement-advice"),
                    .. view.IsGuide ? [Regions.Controls] : Array.Empty<Part>(),
                ]
                : [];
        return happened switch
        {
            AgreementProposed e => Shown(e.Agreement.Id),
            AgreementConfirmed e => Shown(e.Agreement),
            AgreementWithdrawn e =>
            [
                Part.Remove($"agreement-{e.Agreement}"),
                Part.Morph<AgreementAdvice>("agreement-advice"),
                Regions.Controls,
            ],
            RiskAccepted e => [Part.Put<RiskRow>($"risk-{e.Risk.Id}", "risks", "Risk", e.Risk)],
            RiskWithdrawn e => [Part.Remove($"risk-{e.Risk}")],
            ReviewPlanned => [Part.Morph<ReviewLine>("review")],
            _ => [],
        };
    }
}
