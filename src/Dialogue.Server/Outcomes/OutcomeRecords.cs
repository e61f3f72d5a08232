using Dialogue.Activities.Assess;
using Dialogue.Activities.Commit;
using Dialogue.Activities.Contribute;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Activities.Reflect;
using Dialogue.Templates;

namespace Dialogue.Outcomes;

/// <summary>
/// The final state of a dialogue as typed records with links between them. Only what the room itself saw goes in: nothing from before a
/// reveal, nothing that was withdrawn or hidden, no name, no time of writing; no seat but of whoever wants their other view to be named.
/// </summary>
internal sealed class OutcomeRecords
{
    private readonly DialogueState state;
    private readonly DialogueId dialogue;
    private readonly Guid organisation;
    private readonly List<OutcomeRecordRow> records = [];
    private readonly HashSet<(Guid From, Guid To, string Kind)> links = [];
    private readonly Dictionary<ItemId, OutcomeRecordRow> items = [];
    private readonly Dictionary<string, OutcomeRecordRow> values = new(StringComparer.Ordinal);
    private readonly Dictionary<ItemId, Text> columns = [];
    private readonly Dictionary<ItemId, int> points = [];

    public OutcomeRecords(DialogueState state, DialogueId dialogue, Guid organisation)
    {
        this.state = state;
        this.dialogue = dialogue;
        this.organisation = organisation;
        LookAround();
        // A prepared fact is an item from the moment that the case is told; what was never told was known all the same.
        foreach (var fact in (state.Case?.Facts ?? []).Where(fact => !state.Holds(fact)))
            Add(OutcomeKind.Fact, null, fact.Text, new RecordDetail { Certainty = fact.Certainty, Source = fact.Source });
        foreach (var phase in state.Phases)
            AddItems(phase);
        foreach (var id in state.Parked)
            if (state.Items.TryGetValue(id, out var held) && held.IsShown)
                items[id] = Add(OutcomeKind.OpenQuestion, id, held.Item.Text, new RecordDetail(), held.Item.Perspective);
        foreach (var phase in state.Phases)
            AddValues(phase);
        foreach (var phase in state.Phases)
            AddAssessments(phase);
        foreach (var phase in state.Phases)
            AddDecision(phase);
        foreach (var phase in state.Phases)
            AddAgreements(phase);
        AddReview();
        foreach (var phase in state.Phases)
            AddEvaluation(phase);
        KeepWhatIsRestedOn();
    }

    public IReadOnlyList<OutcomeRecordRow> Records => records;

    public IEnumerable<OutcomeLinkRow> Links =>
        links.Select(link => new OutcomeLinkRow
        {
            DialogueId = dialogue.Value,
            From = link.From,
            To = link.To,
            Kind = link.Kind,
        });

    public OutcomeHead Head =>
        new()
        {
            Language = state.Language,
            CaseTitle = state.Case?.Title ?? state.Title,
            CaseStory = state.Case?.Story ?? "",
            CaseDomain = state.Case?.Domain ?? "other",
            Template = state.Template?.Title ?? new Text(""),
            TemplateVersion = state.Template?.Version ?? 0,
            StartedAt = state.StartedAt,
            NoAgreementsBecause = state.NoAgreementsBecause,
            OverrideReason = state.OverrideReason,
            StatusOfOutcome = state.Terms?.StatusOfOutcome,
            Mandate = state.Terms?.Mandate,
            HierarchyPresent = state.Terms?.HierarchyPresent ?? false,
            Affected = state.Terms?.Affected ?? [],
            Voices = state.Seats.Values.Count(seat => (seat.Role & Role.Voices) != 0 && state.TookPart(seat)),
            Present =
            [
                .. state
                    .Seats.Values.Where(seat => (seat.Role & Role.Voices) != 0 && seat.Perspective.Length > 0 && state.TookPart(seat))
                    .Select(seat => seat.Perspective)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            Perspectives = (state.Template?.Perspectives ?? []).ToDictionary(
                perspective => perspective.Key,
                perspective => perspective.Name,
                StringComparer.Ordinal
            ),
        };

    /// <summary>Columns and points belong to items that stand in other phases.</summary>
    private void LookAround()
    {
        foreach (var phase in state.Phases)
        {
            switch (phase.State)
            {
                case OrganiseState organised:
                    foreach (var (item, column) in organised.Placements)
                        if (phase.Template.Set<OrganiseSettings>().Columns.FirstOrDefault(known => known.Key == column) is { } found)
                            columns[item] = found.Name;
                    break;
                case AssessState assessed when phase.Template.Set<AssessSettings>().Instrument == AssessInstrument.Dots:
                    foreach (var distribution in assessed.Distributions.Where(distribution => !distribution.TooFew))
                        if (int.TryParse(distribution.Subject, System.Globalization.CultureInfo.InvariantCulture, out var number))
                            points[new ItemId(number)] = distribution.Counts.Sum();
                    break;
            }
        }
    }

    private void AddItems(PhaseState phase)
    {
        var anonymous = phase.Template.Attribution == Attribution.Anonymous;
        foreach (var item in state.ShownIn(phase.Id))
        {
            items[item.Id] = Add(
                OutcomeKinds.Of(item.Kind),
                item.Id,
                item.Text,
                new RecordDetail
                {
                    Phase = phase.Template.Title,
                    Group =
                        columns.GetValueOrDefault(item.Id)
                        ?? phase.Template.Set<ContributeSettings>().Buckets.FirstOrDefault(bucket => bucket.Key == item.Bucket)?.Name,
                    Certainty = item.Certainty,
                    Source = item.Source,
                    Captured = phase.Kind.CapturedByGuides ? true : null,
                    Persona = anonymous ? null : state.Personas.FirstOrDefault(persona => persona.Key == item.Persona)?.Name,
                    Points = points.TryGetValue(item.Id, out var given) ? given : null,
                },
                anonymous ? null : item.Perspective,
                item.Bucket
            );
        }
    }

    private void AddValues(PhaseState phase)
    {
        if (phase.State is not OrganiseState organised)
            return;
        foreach (var invoked in organised.Invocations)
            if (items.TryGetValue(invoked.Item, out var item))
                Link(item, Value(invoked.Value), invoked.Direction == ValueDirection.Served ? OutcomeLinks.Serves : OutcomeLinks.Strains);
        foreach (var named in organised.Tensions)
        {
            var tension = Add(OutcomeKind.Tension, named.Id, named.Text, new RecordDetail { ValueA = named.ValueA, ValueB = named.ValueB });
            Link(tension, Value(named.ValueA), OutcomeLinks.Strains);
            Link(tension, Value(named.ValueB), OutcomeLinks.Strains);
        }
    }

    private void AddAssessments(PhaseState phase)
    {
        if (phase.State is not AssessState assessed)
            return;
        foreach (var distribution in assessed.Distributions)
        {
            var subject = phase.Template.Set<AssessSettings>().Subjects.FirstOrDefault(known => known.Key == distribution.Subject)?.Name;
            OutcomeRecordRow? about = null;
            if (subject is null)
            {
                if (
                    !int.TryParse(distribution.Subject, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    || !items.TryGetValue(new ItemId(number), out about)
                )
                    continue;
            }

            var record = Add(
                OutcomeKind.Assessment,
                null,
                subject?.In(state.Language) ?? about!.Text,
                new RecordDetail
                {
                    Phase = phase.Template.Title,
                    Subject = subject,
                    Instrument = phase.Template.Set<AssessSettings>().Instrument,
                    Answers = distribution.Answers,
                    Counts = distribution.Counts,
                    DontKnow = distribution.DontKnow,
                    LowLabel = phase.Template.Set<AssessSettings>().LowLabel,
                    HighLabel = phase.Template.Set<AssessSettings>().HighLabel,
                }
            );
            if (about is not null)
                Link(record, about, OutcomeLinks.Of);
        }
    }

    private void AddDecision(PhaseState phase)
    {
        if (phase.State is not DecideState decided)
            return;
        foreach (var position in decided.Revealed?.Positions ?? [])
        {
            Add(
                OutcomeKind.Position,
                null,
                position.Reason,
                new RecordDetail
                {
                    Phase = phase.Template.Title,
                    WouldChange = position.WouldChange,
                    Group = phase.Template.Set<DecideSettings>().Positions.FirstOrDefault(choice => choice.Key == position.Choice)?.Name,
                },
                position.Perspective,
                position.Choice
            );
        }

        OutcomeRecordRow? decision = null;
        if (decided.Decision is { } settled)
        {
            decision = Add(
                OutcomeKind.Decision,
                null,
                settled.Text,
                new RecordDetail
                {
                    Phase = phase.Template.Title,
                    Result = settled.Kind,
                    Rule = settled.Rule,
                    Votes = settled.Votes,
                    Choice = phase.Template.Set<DecideSettings>().Positions.FirstOrDefault(choice => choice.Key == settled.Choice)?.Name,
                    OpenObjections = settled.OpenObjections?.Count,
                    Reasons = settled.Reasons,
                    Conditions = settled.Conditions,
                    MinorityAsked = decided.MinorityAsked,
                    Counts = Counts(phase, decided),
                    Answers = decided.Revealed?.Positions.Count,
                }
            );
            Because(decision, settled.Because);
            foreach (var earlier in decided.Earlier)
                Link(
                    Add(
                        OutcomeKind.Wording,
                        null,
                        earlier.Text,
                        new RecordDetail { WordingVersion = earlier.Version, Reasons = earlier.Why }
                    ),
                    decision,
                    OutcomeLinks.Of
                );
        }

        foreach (var objection in decided.Objections)
            Add(
                OutcomeKind.Objection,
                objection.Id,
                objection.Reason,
                new RecordDetail { Objection = objection.State, Conditions = objection.Condition },
                objection.Perspective
            );
        foreach (var view in decided.MinorityViews)
        {
            var minority = Add(
                OutcomeKind.MinorityView,
                view.Id,
                view.Text,
                new RecordDetail
                {
                    RecheckWhen = view.RecheckWhen,
                    HolderKind = view.Holder,
                    Holder = view.Perspective,
                    HolderSeat = view.Holder == HolderKind.Named ? view.Seat?.Value : null,
                }
            );
            if (decision is not null)
                Link(minority, decision, view.RecheckWhen is null ? OutcomeLinks.Beside : OutcomeLinks.Recheck);
        }
    }

    private static int[]? Counts(PhaseState phase, DecideState decided) =>
        decided.Revealed?.Counts is { } counts
            ? [.. phase.Template.Set<DecideSettings>().Positions.Select(choice => counts.GetValueOrDefault(choice.Key))]
            : null;

    private void AddAgreements(PhaseState phase)
    {
        if (phase.State is not CommitState commit)
            return;
        foreach (var agreement in commit.Agreements.Where(agreement => agreement.Confirmed))
        {
            var record = Add(
                OutcomeKind.Agreement,
                agreement.Id,
                agreement.Text,
                new RecordDetail
                {
                    Sort = agreement.Kind,
                    FirstStep = agreement.FirstStep,
                    FirstStepDate = agreement.FirstStepDate,
                    DueDate = agreement.DueDate,
                    IfThen = agreement.IfThen,
                    EvidencePlan = agreement.EvidencePlan,
                    Indicator = agreement.Indicator,
                }
            );
            Because(record, agreement.Because);
            foreach (var value in agreement.BecauseValues)
                Link(record, Value(value), OutcomeLinks.Serves);
        }

        foreach (var risk in commit.Risks)
            Add(OutcomeKind.Risk, risk.Id, risk.Text, new RecordDetail { Sign = risk.Sign });
    }

    private void AddReview()
    {
        if (DialogueReminders.ReviewOf(state) is not { } day)
            return;
        var review = Add(
            OutcomeKind.Review,
            null,
            day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            new RecordDetail { Date = day }
        );
        foreach (var decision in records.Where(record => record.Kind == OutcomeKind.Decision))
            Link(review, decision, OutcomeLinks.Recheck);
    }

    /// <summary>Totals alone. The sentences that people wrote about the talk stay out of the record of the case.</summary>
    private void AddEvaluation(PhaseState phase)
    {
        if (phase.State is not ReflectState { Revealed: { } revealed })
            return;
        foreach (var result in revealed.Results)
        {
            var question = phase.Template.Set<ReflectSettings>().Questions.FirstOrDefault(known => known.Key == result.Question)?.Name;
            Add(
                OutcomeKind.Evaluation,
                null,
                question?.In(state.Language) ?? result.Question,
                new RecordDetail
                {
                    Subject = question,
                    Answers = revealed.Answers,
                    Counts = result.Counts,
                }
            );
        }
    }

    private void KeepWhatIsRestedOn()
    {
        var restedOn = links.Where(link => link.Kind == OutcomeLinks.Because).Select(link => link.To).ToHashSet();
        foreach (var record in records.Where(record => restedOn.Contains(record.Id)))
            record.RetentionClass = RetentionClass.Dossier;
    }

    private OutcomeRecordRow Value(string key)
    {
        if (values.TryGetValue(key, out var known))
            return known;
        var value = ValueVocabulary.Find(key);
        return values[key] = Add(
            OutcomeKind.ValueAtStake,
            null,
            value?.Name.In(state.Language) ?? key,
            new RecordDetail { Subject = value?.Name },
            bucket: key
        );
    }

    private void Because(OutcomeRecordRow from, IEnumerable<ItemId> because)
    {
        foreach (var id in because)
            if (items.TryGetValue(id, out var item))
                Link(from, item, OutcomeLinks.Because);
    }

    private void Link(OutcomeRecordRow from, OutcomeRecordRow to, string kind) => links.Add((from.Id, to.Id, kind));

    private OutcomeRecordRow Add(
        OutcomeKind kind,
        ItemId? number,
        string text,
        RecordDetail detail,
        string? perspective = null,
        string? bucket = null
    )
    {
        var record = new OutcomeRecordRow
        {
            Id = Guid.CreateVersion7(state.ClosedAt ?? DateTimeOffset.UnixEpoch),
            DialogueId = dialogue.Value,
            CaseId = state.Case?.Id.Value ?? Guid.Empty,
            OrganisationId = organisation,
            Place = records.Count,
            Kind = kind,
            Number = number?.Value,
            Text = text,
            Perspective = string.IsNullOrEmpty(perspective) ? null : perspective,
            Bucket = bucket,
            WooClass = OutcomeKinds.WooClass(kind),
            RetentionClass = OutcomeKinds.RetentionClass(kind),
            Detail = OutcomeJson.Write(detail),
        };
        records.Add(record);
        return record;
    }
}
