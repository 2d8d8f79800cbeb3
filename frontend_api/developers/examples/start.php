<?php
$question = <<<'GRAPHQL'
query Lessen($words: String, $first: Int) {
  lessons(query: $words, first: $first) {
    totalCount
    nodes { title core uri attribution licence { code url } }
  }
}
GRAPHQL;

function ask(string $query, array $variables): array
{
    $answer = file_get_contents('https://lessenbank.example/graphql/', false, stream_context_create([
        'http' => [
            'method' => 'POST',
            'header' => 'Content-Type: application/json',
            'content' => json_encode(['query' => $query, 'variables' => $variables]),
            'timeout' => 15,
            'ignore_errors' => true,
        ],
    ]));
    $answer = json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
    if (isset($answer['errors'])) {
        throw new RuntimeException($answer['errors'][0]['message']);
    }
    return $answer['data'];
}

$lessons = ask($question, ['words' => 'pleeggezin', 'first' => 3])['lessons'];
echo "{$lessons['totalCount']} gevonden\n";
foreach ($lessons['nodes'] as $lesson) {
    echo "{$lesson['title']} ({$lesson['attribution']}, {$lesson['licence']['code']})\n";
}
